"""The whole desired state names all that is to stay, each component with its configuration."""

from harness.protocols.update.driving.wanted_state import found_state, wanted_state
from harness.protocols.update.profile import DeclaredComponent, Role, UpdateProfile
from harness.protocols.update.words.pairs import ConfigForm

_WEB = DeclaredComponent("apps:web", ("1", "2"), config=(("image", "http://shop/web-{version}.tar"), ("mode", "lab")))
_CLOCK = DeclaredComponent("apps:clock", ("7",))
_PROFILE = UpdateProfile("G", Role.AGENT, "apps", (_WEB, _CLOCK))
_OBJECT = UpdateProfile("G", Role.AGENT, "apps", (_WEB,), config_forms=(ConfigForm.OBJECT, ConfigForm.LIST))


def test_config_is_sent_for_the_version_that_is_desired() -> None:
    (domain,) = wanted_state(_PROFILE, {_WEB: "2"}, {"apps:web": "1", "apps:clock": "7", "apps:other": "3"}).domains

    assert {one.id: (one.version, one.config) for one in domain.components} == {
        "web": ("2", (("image", "http://shop/web-2.tar"), ("mode", "lab"))),
        "clock": ("7", ()),
        "other": ("3", ()),
    }


def test_config_is_sent_with_the_version_that_was_found() -> None:
    state = found_state(_PROFILE, {"apps:web": "1", "apps:gone": ""})

    assert state.as_json() == {
        "domains": [
            {
                "id": "apps",
                "components": [
                    {
                        "id": "web",
                        "version": "1",
                        "config": [
                            {"key": "image", "value": "http://shop/web-1.tar"},
                            {"key": "mode", "value": "lab"},
                        ],
                    }
                ],
            }
        ]
    }


def test_component_of_a_played_agent_is_put_back_to_its_first_version() -> None:
    probe = DeclaredComponent("lab:probe", ("4", "5"))
    device = UpdateProfile("G", Role.DEVICE, "device", (_WEB, probe), played=("lab",))
    state = found_state(device, {"apps:web": "2", "lab:probe": "5", "lab:of-another-run": "1"})

    assert state.versions() == {"apps:web": "2", "lab:probe": "4"}


def test_form_of_a_config_is_the_profiles_first_or_the_one_that_is_asked_for() -> None:
    usual, asked = wanted_state(_OBJECT, {}, {}), wanted_state(_OBJECT, {}, {}, form=ConfigForm.LIST)

    assert usual.as_json()["domains"] == [
        {
            "id": "apps",
            "components": [{"id": "web", "version": "1", "config": {"image": "http://shop/web-1.tar", "mode": "lab"}}],
        }
    ]
    assert isinstance(asked.as_json()["domains"], list)
    assert asked.config_form is ConfigForm.LIST


def test_component_that_is_to_go_is_not_named() -> None:
    (domain,) = wanted_state(_PROFILE, {_WEB: None}, {}).domains

    assert [one.id for one in domain.components] == ["clock"]
