# The portal's one image: web server, worker, beat and the preparation use it alike.
FROM python:3.11-slim-trixie

# ffmpeg and ffprobe of the distribution get its security fixes (the one of bookworm, 5.1,
# is too old); libseccomp writes the filter of system calls for what reads strangers' files.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg libseccomp2 \
    && rm -rf /var/lib/apt/lists/*
ENV FFMPEG_BINARY=/usr/bin/ffmpeg \
    FFPROBE_BINARY=/usr/bin/ffprobe \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /srv/portal
COPY requirements.txt .
RUN pip install --no-cache-dir --only-binary :all: -r requirements.txt
COPY . .
RUN python tools/compile_catalogues.py locale/*/LC_MESSAGES/*.po

# Named volumes take over the owner of the folders they cover.
RUN useradd --system --no-create-home portal \
    && mkdir -p /srv/var/uploads /srv/static /srv/metrics \
    && chown -R portal: /srv/var /srv/static /srv/metrics
ENV VAR_DIR=/srv/var STATIC_ROOT=/srv/static HOST=0.0.0.0
USER portal
EXPOSE 8000
CMD ["gunicorn", "--config", "python:contest_portal.webserver"]
