"""Echo as the instrument is given it."""

from functools import partial
from pathlib import Path

from echo_protocol.driving import EchoCounterparts
from echo_protocol.judging import EchoReader
from echo_protocol.profile import EchoProfile, read_profile
from harness.doctor.meeting import MeetingDoctor
from harness.protocol import Protocol, Subject

DEVICE = Subject(
    "echo-device",
    suites="echo_protocol.suites",
    reader=EchoReader,
    counterparts=EchoCounterparts,
    doctor=partial(MeetingDoctor, EchoCounterparts),
    targets=("echo", "mqtt", "mqtts", "listen", "listens"),
    simulated="echo",
)
ECHO = Protocol(
    name="echo",
    specs=("echo-1",),
    subjects=(DEVICE,),
    requirements=Path(__file__).parent / "requirements",
    read_profile=read_profile,
    check_profile=EchoProfile.from_dict,
)
