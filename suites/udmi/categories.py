"""The normal level of each category that a status may have. UDMI 1.5, categories.

system.config.parse is not among them: it is for log entries, and as a status it tells of an error.
"""

NORMAL_LEVELS = {
    "system.base.start": 300,
    "system.base.shutdown": 300,
    "system.base.ready": 300,
    "system.config.receive": 100,
    "system.config.apply": 300,
    "system.auth.login": 300,
    "system.auth.logout": 300,
    "system.auth.fail": 400,
    "pointset.point.nominal": 200,
    "pointset.point.applied": 200,
    "pointset.point.updating": 300,
    "pointset.point.overridden": 400,
    "pointset.point.failure": 500,
    "pointset.point.invalid": 500,
    "localnet.network": 200,
    "localnet.network.connect": 300,
    "gateway.setup.attach": 500,
    "gateway.proxy.target": 400,
    "gateway.proxy.connect": 500,
    "discovery.family.scan": 200,
    "discovery.device.enumerate": 200,
    "discovery.point.describe": 200,
    "mapping.device.apply": 200,
    "blobset.blob": 200,
    "blobset.blob.update": 200,
    "blobset.blob.receive": 100,
    "blobset.blob.fetch": 100,
    "blobset.blob.parse": 100,
    "blobset.blob.apply": 300,
    "blobset.blob.abort": 300,
    "blobset.blob.rollback": 300,
}
