"""tuspy and tus-js-client as they are, against the running server."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tusclient.client import TusClient

from contest_portal.env import BASE_DIR
from tests.submissions.uploads.protocol import ENDPOINT
from tests.submissions.uploads.test_cuts import stored_sha256

MEGABYTE = 1024 * 1024
CONTENT = os.urandom(5 * MEGABYTE + 17)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
JS_CLIENT = BASE_DIR / "static" / "vendor" / "tus" / "tus.min.js"
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(
    NODE is None, reason="node is not here, so tus-js-client is not tried"
)


@pytest.fixture
def film(tmp_path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(CONTENT)
    return path


def uploader(sender, film, **options):
    client = TusClient(sender.server.url + ENDPOINT, headers=sender.headers)
    metadata = {"filename": "film.mp4", "submission": str(sender.draft)}
    given = {"chunk_size": MEGABYTE, "metadata": metadata} | options
    return client.uploader(str(film), **given)


@pytest.mark.parametrize("checked", [False, True])
def test_tuspy_sends_a_file_in_pieces(sender, film, checked):
    sending = uploader(sender, film, upload_checksum=checked)

    sending.upload()

    status = sender.ended(sending.url)
    assert (status["state"], status["name"]) == ("finished", "film.mp4")
    assert stored_sha256(sender, status["file"]) == SHA256


def test_tuspy_sends_a_file_in_one_piece(sender, film):
    sending = uploader(sender, film, chunk_size=10 * MEGABYTE)

    sending.upload()

    assert stored_sha256(sender, sender.ended(sending.url)["file"]) == SHA256


def test_tuspy_goes_on_where_another_run_stopped(sender, film):
    first = uploader(sender, film)
    first.upload(stop_at=2 * MEGABYTE)

    second = uploader(sender, film, url=first.url)
    began_at = second.offset
    second.upload()

    assert began_at == 2 * MEGABYTE
    assert stored_sha256(sender, sender.ended(second.url)["file"]) == SHA256


# The build for browsers, in node's own window of the web: fetch in place of XHR.
SCRIPT = """
const tus = require(process.argv[2]);
const options = JSON.parse(process.argv[3]);
const content = new Blob([require("fs").readFileSync(options.path)]);

class Request {
  constructor(method, url) {
    Object.assign(this, { method, url, headers: {}, aborter: new AbortController() });
  }
  getMethod() { return this.method; }
  getURL() { return this.url; }
  setHeader(name, value) { this.headers[name] = value; }
  getHeader(name) { return this.headers[name]; }
  setProgressHandler() {}
  getUnderlyingObject() { return null; }
  async abort() { this.aborter.abort(); }
  async send(body) {
    const answer = await fetch(this.url, {
      method: this.method, headers: this.headers, body, signal: this.aborter.signal,
    });
    const text = await answer.text();
    return {
      getStatus: () => answer.status,
      getHeader: (name) => answer.headers.get(name) || undefined,
      getBody: () => text,
      getUnderlyingObject: () => answer,
    };
  }
}

let pieces = 0;
const upload = new tus.Upload(content, {
  endpoint: options.endpoint,
  uploadUrl: options.url || null,
  headers: { Authorization: options.authorization },
  metadata: { filename: "film.mp4", submission: String(options.draft) },
  chunkSize: options.chunk || Infinity,
  uploadDataDuringCreation: Boolean(options.during),
  overridePatchMethod: Boolean(options.override),
  retryDelays: [0, 200, 1000],
  httpStack: { createRequest: (m, u) => new Request(m, u), getName: () => "fetch" },
  onChunkComplete: () => {
    pieces += 1;
    if (pieces === options.stopAfter) upload.abort().then(done);
  },
  onError: (error) => {
    console.log(JSON.stringify({ error: String(error) }));
    process.exit(1);
  },
  onSuccess: () => done(),
});
function done() {
  console.log(JSON.stringify({ url: upload.url, pieces }));
  process.exit(0);
}
upload.start();
"""


def send_by_js(sender, film, **options):
    given = {
        "path": str(film),
        "endpoint": sender.server.url + ENDPOINT,
        "authorization": sender.headers["Authorization"],
        "draft": sender.draft,
    } | options
    script = film.with_name("send.cjs")
    script.write_text(SCRIPT)
    done = subprocess.run(
        [NODE, str(script), str(JS_CLIENT), json.dumps(given)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return json.loads(done.stdout or json.dumps({"error": done.stderr}))


@needs_node
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"chunk": MEGABYTE},
        {"chunk": MEGABYTE, "override": True},
        {"chunk": 2 * MEGABYTE, "during": True},
    ],
)
def test_tus_js_client_sends_a_file(sender, film, options):
    told = send_by_js(sender, film, **options)

    assert "error" not in told, told
    assert stored_sha256(sender, sender.ended(told["url"])["file"]) == SHA256


@needs_node
def test_tus_js_client_goes_on_after_it_was_stopped(sender, film):
    stopped = send_by_js(sender, film, chunk=MEGABYTE, stopAfter=2)
    offset = sender.offset(stopped["url"])

    told = send_by_js(sender, film, chunk=MEGABYTE, url=stopped["url"])

    assert 2 * MEGABYTE <= offset < len(CONTENT)
    assert told["url"] == stopped["url"]
    assert stored_sha256(sender, sender.ended(told["url"])["file"]) == SHA256


@needs_node
def test_tus_js_client_hears_a_refusal_and_does_not_insist(sender, film):
    film.write_bytes(b"")

    told = send_by_js(sender, film)

    assert "response code: 403" in told["error"]
    assert "FRM-FILE-EMPTY" in told["error"]
