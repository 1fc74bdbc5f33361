#!/usr/bin/env bash
# A cloud team's CI: the suites on a simulated device, healthy and broken, by exit code and junit.xml; then simulated devices on a broker, for
# a back end of yours. In an empty folder: cloud.sh dist/setpoint-0.1.0-py3-none-any.whl
# It needs mosquitto and its clients (Debian and Ubuntu: apt install mosquitto mosquitto-clients), which stand for the back end: put yours there.
. "$(dirname "$(realpath "$0")")/steps.sh"
port=${MQTT_PORT:-1883}
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT

expect 0 setpoint test suites/udmi --device=sim --reports healthy
run grep -c '<testcase' healthy/latest/junit.xml
expect 1 setpoint test suites/udmi --device=sim --variant never-applied --reports broken
run grep -c '<failure' broken/latest/junit.xml

# The back end writes a value, again and again until a state says what has become of it.
back_end() {
    mosquitto_sub -p "$port" -t /devices/AHU-1/state >states.ndjson &
    local listener=$! at expires
    for _ in $(seq 12); do
        at=$(date -u +%Y-%m-%dT%H:%M:%SZ) expires=$(date -u -d '5 minutes' +%Y-%m-%dT%H:%M:%SZ)
        mosquitto_pub -p "$port" -q 1 -r -t /devices/AHU-1/config -m '{"version": "1.5.2", "timestamp": "'"$at"'", "pointset":
            {"set_value_expiry": "'"$expires"'", "points": {"supply_air_temperature_setpoint": {"set_value": 21.5}}}}'
        sleep 5
        if grep -Eo -m 1 '"value_state": *"(applied|failure)"' states.ndjson; then break; fi
    done
    kill $listener
}

PATH="$PATH:/usr/sbin:/usr/local/sbin" mosquitto -p "$port" >mosquitto.log 2>&1 &
setpoint sim --broker "mqtt://127.0.0.1:$port" --wait >healthy.log 2>&1 &
device=$!
until grep -q 'link up' healthy.log; do sleep 0.1; done
run back_end | tee healthy.txt
grep -q applied healthy.txt

kill $device
wait $device || true
setpoint sim --broker "mqtt://127.0.0.1:$port" --deviation never-applied >broken.log 2>&1 &
until grep -q 'link up' broken.log; do sleep 0.1; done
run back_end | tee broken.txt
grep -q failure broken.txt

echo "cloud: from an empty folder to a back end that met both devices in $SECONDS s"
