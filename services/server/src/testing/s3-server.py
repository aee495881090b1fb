"""
OpenStack Swift in one process, with its S3 API on 127.0.0.1. Arguments: port, access key ("account:user"), secret,
region. It checks signatures and checksums as any S3 store does, keeps objects in memory, says "listening" when it
serves, and ends when its standard input does.
"""
import os
import sys

# Names are not looked up here, and the part that would do it takes half of a start to load.
os.environ['EVENTLET_NO_GREENDNS'] = 'yes'

import eventlet

eventlet.monkey_patch()

import tempfile

from eventlet import wsgi
from eventlet.hubs import trampoline
from paste.deploy import loadapp
from swift.common import utils
from swift.common.ring import RingBuilder


class Cache:
    """What Swift asks of memcached."""

    def __init__(self):
        self._values = {}

    def get(self, key, **_):
        return self._values.get(key)

    def set(self, key, value, **_):
        self._values[key] = value

    def delete(self, key, **_):
        self._values.pop(key, None)


def main(port, access_key, secret, region):
    with tempfile.TemporaryDirectory(prefix='watchledger-swift-') as folder:
        os.mkdir(os.path.join(folder, 'disk'))
        write(folder, 'swift.conf', '[swift-hash]\nswift_hash_path_prefix = a\nswift_hash_path_suffix = b\n')
        utils.set_swift_dir(folder)
        for kind, app in (('account', 'account'), ('container', 'container'), ('object', 'mem_object')):
            listener = listen(0)
            save_ring(folder, kind, listener.getsockname()[1])
            serve(listener, load(folder, kind, STORE.format(app=app, folder=folder)))
        account, user = access_key.split(':')
        proxy = load(
            folder,
            'proxy',
            PROXY.format(account=account, user=user, secret=secret, region=region, folder=folder),
        )
        cache = Cache()

        def cached(environ, start_response):
            environ['swift.cache'] = cache
            return proxy(environ, start_response)

        serve(listen(int(port)), cached)
        print('listening', flush=True)
        trampoline(sys.stdin.fileno(), read=True)


STORE = '''
[app:main]
use = egg:swift#{app}
devices = {folder}
swift_dir = {folder}
mount_check = false
fallocate_reserve = 0
'''

PROXY = '''
[pipeline:main]
pipeline = catch_errors gatekeeper s3api tempauth proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:s3api]
use = egg:swift#s3api
location = {region}
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {secret} .admin
[app:proxy-server]
use = egg:swift#proxy
swift_dir = {folder}
account_autocreate = true
'''


def listen(port):
    return eventlet.listen(('127.0.0.1', port), reuse_port=False)


def serve(listener, app):
    eventlet.spawn(wsgi.server, listener, app, log_output=False)


def load(folder, name, settings):
    return loadapp('config:' + write(folder, name + '.conf', settings))


def save_ring(folder, kind, port):
    """All that Swift keeps is on one disk of one machine, this one."""
    builder = RingBuilder(part_power=0, replicas=1, min_part_hours=0)
    address = {'ip': '127.0.0.1', 'port': port, 'replication_ip': '127.0.0.1', 'replication_port': port}
    builder.add_dev({'region': 0, 'zone': 0, 'weight': 1, 'device': 'disk', **address})
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, kind + '.ring.gz'))


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf8') as file:
        file.write(text)
    return path


main(*sys.argv[1:])
