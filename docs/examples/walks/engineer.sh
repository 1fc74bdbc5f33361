#!/usr/bin/env bash
# A firmware engineer: a device on a broker, the draft of its profile, doctor, plan, a first test that fails, the report, the mended device.
# In an empty folder: engineer.sh dist/setpoint-0.1.0-py3-none-any.whl
# It needs mosquitto (Debian and Ubuntu: apt install mosquitto). thermostat.py beside this script stands for the device: put yours there.
. "$(dirname "$(realpath "$0")")/steps.sh"
here=$(dirname "$(realpath "$0")") port=${MQTT_PORT:-1883}
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT

PATH="$PATH:/usr/sbin:/usr/local/sbin" mosquitto -p "$port" >mosquitto.log 2>&1 &
until (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.1; done
python "$here/thermostat.py" "$port" >device.log 2>&1 &
device=$!
at="--device=mqtt://127.0.0.1:$port"

# The draft writes to nothing. The engineer says what is safe to write, and confirms what was guessed: an editor does it, or sed.
run setpoint profile "$at" --id THERMOSTAT-1 -o thermostat.toml
sed -i -e 's/^kind = "read_only".*/kind = "writable"/' -e 's/^good = \[\].*/good = [21.0, 22.0]/' thermostat.toml
run setpoint profile --confirm thermostat.toml --confirm setpoint=writable --confirm nameplate=right
run setpoint doctor "$at" --profile thermostat.toml
run setpoint plan "$at" --profile thermostat.toml

# A part of the suites: what takes minutes more is asked for without --only.
some="--only writeback.applied --only etag.stale-is-invalid"
expect 1 setpoint test "$at" --profile thermostat.toml $some
run grep -o 'THERMOSTAT-1 does not conform' -m 1 reports/latest/report.html
run setpoint explain etag.stale-is-invalid

kill $device
wait $device || true
python "$here/thermostat.py" "$port" --heeds-etags >device.log 2>&1 &
expect 0 setpoint test "$at" --profile thermostat.toml $some

echo "engineer: from an empty folder to a device that was found broken, and mended, in $SECONDS s"
