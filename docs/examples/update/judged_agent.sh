#!/usr/bin/env bash
# An update agent, the draft of its profile, what would spoil a verdict, and a report on some of its requirements: README,
# "Software that is wanted, and its feedback". All ends with this script. It needs mosquitto (Debian and Ubuntu: apt install mosquitto).
set -euo pipefail
cd "$(dirname "$0")/../../.."
mqtt=${MQTT_PORT:-1883}
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
broker="mqtt://127.0.0.1:$mqtt" profile="$folder/agent.toml" reports=${REPORTS:-$folder/reports}

PATH="$PATH:/usr/sbin:/usr/local/sbin" mosquitto -p "$mqtt" >"$folder/mosquitto.log" 2>&1 &
setpoint sim update/agent --broker "$broker" --wait >"$folder/agent.log" &

# The agent may not be there yet: the draft is made as soon as it shows its current state.
for _ in $(seq 60); do
    if setpoint profile --spec desired-state --device="$broker" --id GATEWAY-1 --seconds 2 -o "$profile" --reports "$reports" \
        --deadline identify=5 --deadline download=20 --deadline update=20 --deadline activate=20 --deadline cleanup=10 \
        --deadline rollback=20 --deadline current_state=5; then break; fi
    sleep 0.5
done

# Go through every line: the components may be brought to a second version, and back.
sed -i -e 's/^versions = \["1.0"\].*/versions = ["1.0", "1.1"]/' -e 's/^versions = \["4.3"\].*/versions = ["4.3", "4.4"]/' "$profile"
cat "$profile"

setpoint doctor --device="$broker" --profile "$profile" --reports "$reports"
pytest suites/update/agent --device="$broker" --profile "$profile" --reports "$reports" -p no:cacheprovider \
    --only agent-phase.download --only agent-phase.activate --only agent-inventory.as-desired
echo "A whole run, of every requirement, takes 7 minutes without --only."
