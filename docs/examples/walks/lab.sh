#!/usr/bin/env bash
# A certification lab: a device that breaks a clause, the verdict, the clause with its source, the recording judged again to the same bytes, and an
# archive that says the same when it is unpacked. In an empty folder: lab.sh dist/setpoint-0.1.0-py3-none-any.whl
# The device is a simulated one. Put yours there: --device=mqtt://BROKER --profile FILE in place of --device=sim --variant ignores-etag.
. "$(dirname "$(realpath "$0")")/steps.sh"

run setpoint --version

expect 1 setpoint test suites/udmi --device=sim --variant ignores-etag --reports case
run grep -o 'etag\.stale-is-invalid' -m 1 case/latest/report.html

# The clause: its level, the document with version and commit, its address, and the judgements that decide it.
run setpoint explain etag.stale-is-invalid | tee clause.txt
grep -q 'must' clause.txt
grep -Eq 'commit [0-9a-f]{7,}' clause.txt
grep -q 'https://' clause.txt

# The recording, judged again without the device: the same bytes.
expect 1 setpoint test suites/udmi --device=trace:case/latest --reports again
run cmp case/latest/results.json again/latest/results.json

# The archive: links and all, with a checksum; unpacked elsewhere, it is judged to the same bytes once more.
run tar -czf case.tar.gz case
run sha256sum case.tar.gz | tee case.sha256
mkdir unpacked
run tar -xzf case.tar.gz -C unpacked
run sha256sum -c case.sha256
expect 1 setpoint test suites/udmi --device=trace:unpacked/case/latest --reports unpacked/again
run cmp case/latest/results.json unpacked/again/latest/results.json

echo "lab: from an empty folder to an archived verdict that is judged to the same bytes in $SECONDS s"
