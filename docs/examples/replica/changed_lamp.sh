#!/usr/bin/env bash
# A replica service, a lamp behind it, and an app that switches the lamp on: README, "A replica". All ends with this script.
# It needs curl and mosquitto_pub (Debian and Ubuntu: apt install mosquitto-clients).
set -euo pipefail
mqtt=${MQTT_PORT:-1883} http=${HTTP_PORT:-8080}
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$folder"' EXIT

until_it_reports() {
    for _ in $(seq 300); do
        if curl -sf "http://127.0.0.1:$http/state/LAMP-1/get" | grep -q "\"reported\": {\"power\": $1"; then return; fi
        sleep 0.1
    done
    echo "the lamp never reported power $1" >&2
    exit 1
}

setpoint replica --store "$folder/replica.db" --port "$mqtt" --http "127.0.0.1:$http" &
setpoint sim replica/lamp --broker "mqtt://127.0.0.1:$mqtt" --wait &
until_it_reports false

mosquitto_pub -p "$mqtt" -q 1 -t state/LAMP-1/update -m '{"state": {"desired": {"power": true}}}'
until_it_reports true
curl -s "http://127.0.0.1:$http/state/LAMP-1/get"
