#!/usr/bin/python3
"""OpenStack Swift with its S3 interface on this machine, for tests: an object store that is not of koo's own making.

`swift-server.py FOLDER` keeps all it needs in the folder, prints one line of JSON once it answers (endpoint, accessKey,
secretKey, region, domain) and ends, with all it started, when its standard input does. It needs no root and no services
of the machine, and listens on free ports of the loopback address only. `swift-server.py --installed` tells whether it can.

Ends with 77 and a sentence on stderr where Swift, of Debian's packages swift-proxy, swift-account, swift-container and
swift-object, is not installed. Those belong to Debian's Python, so another `python3` on the path does not do.
"""
import json
import logging
import os
import pwd
import signal
import socket
import sys
import time
import urllib.error
import urllib.request

try:
    from swift.common import storage_policy, utils
    from swift.common.ring import RingBuilder
    from swift.common.wsgi import run_wsgi
    import swift.account.server  # noqa: F401
    import swift.container.server  # noqa: F401
    import swift.obj.server  # noqa: F401
    import swift.proxy.server  # noqa: F401
except ImportError as missing:
    print(f'OpenStack Swift is not installed: {missing}.', file=sys.stderr)
    sys.exit(77)

REGION = 'us-east-1'
# Hosts below it name a bucket.
DOMAIN = 'obs.example'
ACCESS_KEY = 'test:tester'
SECRET_KEY = 'testing'
SECONDS_TO_START = 60

SWIFT = '''[swift-hash]
swift_hash_path_suffix = koo
swift_hash_path_prefix = koo
[storage-policy:0]
name = one
default = yes
'''

COMMON = '''[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
disable_fallocate = true
fallocate_reserve = 0
workers = 0
log_level = ERROR
log_custom_handlers = __main__.log_to_file
node_timeout = 60
'''

# A busy machine must not put off what the lists of a bucket tell: nobody here would catch up.
STORAGE = '''[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
node_timeout = 60
container_update_timeout = 60
'''

PROXY = '''[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck memory listing_formats s3api tempauth bulk slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
node_timeout = 60
recoverable_node_timeout = 60
client_timeout = 60
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:memory]
paste.filter_factory = __main__:memory_filter
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = {region}
s3_acl = false
storage_domain = {domain}
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = {secret} .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
'''


class Memory:
    """What Swift keeps in memcached elsewhere: its authentication wants one, and here is one process to need it."""

    def __init__(self):
        self.values = {}

    def get(self, key, **_):
        return self.values.get(key)

    def set(self, key, value, **_):
        self.values[key] = value

    def delete(self, key, **_):
        self.values.pop(key, None)

    def incr(self, key, delta=1, **_):
        self.values[key] = max(0, self.values.get(key, 0) + delta)
        return self.values[key]


def memory_filter(*_, **__):
    """Called by Swift, which finds it in the pipeline."""
    memory = Memory()

    def within(app):
        def answer(environment, start):
            environment['swift.cache'] = memory
            return app(environment, start)
        return answer
    return within


def log_to_file(conf, _name, _to_console, _route, form, logger, _adapted):
    """Called by Swift, which else knows only syslog."""
    handler = logging.FileHandler(os.path.join(conf['swift_dir'], 'log'))
    handler.setFormatter(logging.Formatter(form))
    logger.addHandler(handler)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(('127.0.0.1', 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def make_ring(path, port):
    builder = RingBuilder(4, 1, 1)
    builder.add_dev({'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': port, 'device': 'd1', 'weight': 100.0})
    builder.rebalance(seed='koo')
    builder.get_ring().save(path)


def write(path, text):
    with open(path, 'w') as file:
        file.write(text)


def answers(endpoint):
    try:
        return urllib.request.urlopen(f'{endpoint}/healthcheck', timeout=2).status == 200
    except (OSError, urllib.error.URLError):
        return False


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) == 0


def main(folder):
    folder = os.path.abspath(folder)
    os.makedirs(os.path.join(folder, 'devices', 'd1'), exist_ok=True)
    names = ['account', 'container', 'object', 'proxy']
    ports = dict(zip(names, free_ports(len(names))))
    write(os.path.join(folder, 'swift.conf'), SWIFT)
    user = pwd.getpwuid(os.getuid()).pw_name
    for name in names:
        text = COMMON.format(port=ports[name], user=user, folder=folder)
        text += PROXY.format(region=REGION, domain=DOMAIN, secret=SECRET_KEY) if name == 'proxy' else STORAGE.format(name=name)
        write(os.path.join(folder, f'{name}-server.conf'), text)
        if name != 'proxy':
            make_ring(os.path.join(folder, f'{name}.ring.gz'), ports[name])
    # Not the machine's own /etc/swift.
    utils.set_swift_dir(folder)
    storage_policy.reload_storage_policies()
    children = []
    for name in names:
        child = os.fork()
        if child == 0:
            log = os.open(os.path.join(folder, 'log'), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
            nothing = os.open(os.devnull, os.O_RDONLY)
            for there, here in ((nothing, 0), (log, 1), (log, 2)):
                os.dup2(there, here)
            os._exit(run_wsgi(os.path.join(folder, f'{name}-server.conf'), f'{name}-server') or 0)
        children.append(child)

    def stop(*_):
        for child in children:
            try:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    endpoint = f'http://127.0.0.1:{ports["proxy"]}'
    end = time.monotonic() + SECONDS_TO_START
    while not (answers(endpoint) and all(listens(port) for port in ports.values())):
        if time.monotonic() > end or any(os.waitpid(child, os.WNOHANG)[0] for child in children):
            print(f'Swift did not start; see {folder}/log.', file=sys.stderr)
            sys.stderr.write(open(os.path.join(folder, 'log')).read()[-2000:])
            stop()
        time.sleep(0.05)
    keys = {'accessKey': ACCESS_KEY, 'secretKey': SECRET_KEY}
    told = {'endpoint': endpoint, **keys, 'region': REGION, 'domain': DOMAIN}
    print(json.dumps(told), flush=True)
    sys.stdin.buffer.read()
    stop()


if sys.argv[1] != '--installed':
    main(sys.argv[1])
