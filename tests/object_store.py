"""An S3-compatible store, as production has one, in a thread of this process."""

from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer
from storages.backends.s3 import S3Storage


@contextmanager
def running(bucket: str) -> Iterator[S3Storage]:
    """Django's storage in a bucket of it, still empty."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    storage = S3Storage(
        bucket_name=bucket,
        endpoint_url=f"http://{host}:{port}",
        access_key="key",
        secret_key="secret",
        region_name="us-east-1",
        addressing_style="path",
        signature_version="s3v4",
        file_overwrite=False,
    )
    storage.connection.create_bucket(Bucket=bucket)
    try:
        yield storage
    finally:
        server.stop()
