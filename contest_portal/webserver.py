"""How gunicorn runs: `gunicorn --config python:contest_portal.webserver`."""

import os

from prometheus_client import multiprocess

from contest_portal import env, logs

wsgi_app = "contest_portal.wsgi"
_host = f"[{env.host()}]" if ":" in env.host() else env.host()
bind = f"{_host}:{env.port()}"
worker_class = "gthread"  # the main thread stays free, so a slow upload blocks nobody
workers = env.number("WEB_PROCESSES", default=2)
threads = env.web_threads()
timeout = 60
graceful_timeout = env.number("WEB_GRACE_SECONDS", default=30)
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
logconfig_dict = logs.logging_config(level=env.text("LOG_LEVEL") or "INFO")


def child_exit(server, worker):
    """Figures of a finished process leave the sum that /metrics shows."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)
