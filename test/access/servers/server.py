"""A seller's production interface on Python's standard library, written from the access guide alone, as sellers write theirs.

`ACCESS_KEY=... python3 server.py [--broken NAME]` prints its port.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import threading
import time
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

parser = argparse.ArgumentParser()
parser.add_argument("--broken", default="")
BROKEN = parser.parse_args().broken
KEY = os.environ["ACCESS_KEY"]
SCENES = {"TRIAL_TO_FORMAL", "RENEWAL", "UNSUBSCRIBE_RENEWAL_PERIOD", "RENEWAL_CHANGE"}
# What each call has to say: at most how long, one of what, or of which form.
FIELDS = {
    "newInstance": {"orderId": 64, "orderLineId": 64, "businessId": 64},
    "queryInstance": {"instanceId": 6500},
    "refreshInstance": {
        "scene": SCENES,
        "orderId": 64,
        "orderLineId": 64,
        "instanceId": 64,
        "expireTime": re.compile(r"\d{14}(\d{3})?"),
    },
    "updateInstanceStatus": {"instanceId": 64, "status": {"FREEZE", "UNFREEZE"}},
    "releaseInstance": {"instanceId": 64},
    "upgradeInstance": {"instanceId": 64, "orderId": 64, "orderLineId": 64},
    "changeInstanceCheck": {"instanceId": 64, "productInfo": dict},
}

instances = {}
lines = {}
nonces = {}
lock = threading.Lock()


class Refused(Exception):
    """With the resultCode, and what is wrong."""


def hex_hmac(text):
    return hmac.new(KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def authenticate(query, body):
    signature, timestamp, nonce = (query.get(name, [""])[0] for name in ("signature", "timestamp", "nonce"))
    if not timestamp.isdigit() or not nonce:
        raise Refused("000002", "timestamp or nonce is missing")
    kept = {name: body[name] for name in sorted(body) if body[name] is not None}
    # json.dumps writes blanks after , and :, and \uXXXX for everything that is not ASCII, unless told otherwise.
    style = {"blanks": {"ensure_ascii": False}, "escapes": {"separators": (",", ":")}}
    payload = json.dumps(kept, **style.get(BROKEN, {"separators": (",", ":"), "ensure_ascii": False}))
    right = hex_hmac(KEY + nonce + timestamp + hex_hmac(payload))
    if not hmac.compare_digest(right, signature.lower()):
        raise Refused("000001", "the signature is wrong")
    now = time.time()
    age = abs(now - int(timestamp)) if BROKEN == "seconds" else now - int(timestamp) / 1000
    if age > 60:
        raise Refused("000001", "the call is too old")
    with lock:
        for old in [each for each, at in nonces.items() if at < now - 120]:
            del nonces[old]
        if nonce in nonces:
            raise Refused("000001", "the nonce was used before")
        nonces[nonce] = now


def check(body):
    if body.get("activity") not in FIELDS:
        raise Refused("000002", "unknown activity")
    for name, rule in FIELDS[body["activity"]].items():
        value = body.get(name)
        if rule is dict:
            fits = isinstance(value, dict)
        elif not isinstance(value, str):
            fits = False
        elif isinstance(rule, int):
            fits = 0 < len(value) <= rule
        else:
            fits = value in rule if isinstance(rule, set) else rule.fullmatch(value) is not None
        if not fits:
            raise Refused("000002", f"{name} is wrong")


def new_instance(body):
    line = (body["orderId"], body["orderLineId"])
    if BROKEN == "race":
        # Looked up, made, and only then remembered, with other threads in between.
        if line not in lines:
            time.sleep(0.05)
            make(line, body)
    else:
        with lock:
            if line not in lines:
                make(line, body)
    return {"instanceId": lines[line]}


def make(line, body):
    lines[line] = body["businessId"]
    instances[body["businessId"]] = {"order": body["orderId"], "frozen": False, "released": False}


def known(instance_id, released=False):
    instance = instances.get(instance_id)
    if instance is None or (instance["released"] and not released):
        raise Refused("000003", "there is no such instance")
    return instance


def info(instance_id):
    place = f"https://desk.example.com/{instance_id}"
    app = {"frontEndUrl": place, "userName": "owner", "password": hex_hmac(instance_id)[:16], "memo": "Zugang für alle"}
    if not known(instance_id)["order"].startswith("MOCKONDEMAND"):
        return {"instanceId": instance_id, "appInfo": app}
    now = datetime.now(timezone.utc)
    stamp = now.isoformat(timespec="seconds") if BROKEN == "iso-time" else now.strftime("%Y%m%d%H%M%S%f")[:17]
    return {"instanceId": instance_id, "appInfo": app, "usageInfo": [{"usageValue": 12.5, "statisticalTime": stamp}]}


def answer(body):
    activity = body["activity"]
    if activity == "newInstance":
        return new_instance(body)
    if activity == "queryInstance":
        ids = body["instanceId"].split(",")
        found = [info(each) for each in ids if each in instances and not instances[each]["released"]]
        if len(ids) > 100 or not found:
            raise Refused("000002" if len(ids) > 100 else "000003", "no such instances")
        return {"info": found}
    instance = known(body["instanceId"], released=activity == "releaseInstance")
    if activity == "releaseInstance":
        instance["released"] = True
    elif activity == "updateInstanceStatus":
        instance["frozen"] = body["status"] == "FREEZE"
    elif activity == "refreshInstance":
        instance["until"] = body["expireTime"]
    return {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            body = json.loads(sent.decode("latin-1" if BROKEN == "latin-1" else "utf-8"))
            if not isinstance(body, dict):
                raise ValueError
            authenticate(parse_qs(urlsplit(self.path).query), body)
            if BROKEN != "key-error":
                check(body)
            result = {"resultCode": "000000", "resultMsg": "success", **answer(body)}
        except Refused as refused:
            result = dict(zip(("resultCode", "resultMsg"), refused.args))
        except KeyError:
            self.send_error(500)
            return
        except ValueError:
            result = {"resultCode": "000002", "resultMsg": "the body is no JSON object"}
        # As ASCII, because the guide wants \uXXXX.
        text = json.dumps(result, ensure_ascii=BROKEN != "latin-1")
        signed = json.dumps(result, separators=(",", ":")) if BROKEN == "signs-another" else text
        signature = base64.b64encode(hmac.new(KEY.encode(), signed.encode(), hashlib.sha256).digest()).decode()
        data = text.encode("latin-1" if BROKEN == "latin-1" else "utf-8")
        self.send_response(200)
        self.send_header("Content-Type", "application/json;charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Body-Sign", f'sign_type="HMAC-SHA256", signature="{signature}"')
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    # The library's five are too few for a day on which many buy.
    request_queue_size = 512


server = Server(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
