"""pytest's face of the harness. First all that is needed is driven, in one go; then every judgement is a plain test."""

pytest_plugins = (
    "harness.plugin.usage_exit",
    "harness.plugin.options",
    "harness.plugin.selection",
    "harness.plugin.collection",
    "harness.plugin.whole_run",
    "harness.plugin.loop",
    "harness.plugin.short_reports",
    "harness.plugin.verdicts",
    "harness.plugin.summary",
    "harness.plugin.ci.github",
    "harness.plugin.mutation_worker",
)
