# NEACD in a container: scripts/start on port 8000, its records under /var/lib/neacd unless DATABASE_URL says otherwise.
FROM python:3.13-slim-trixie

# pg_dump and pg_restore, for `manage.py backup` and `restore`; as new as the database in compose.yaml.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/neacd --create-home neacd

WORKDIR /opt/neacd
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY manage.py LICENSE ./
COPY scripts scripts
COPY neacd neacd
COPY delegations delegations
COPY rooms rooms
COPY fixtures fixtures

ENV HOST=0.0.0.0 PORT=8000 NEACD_VAR=/var/lib/neacd NEACD_LOG=json
USER neacd
VOLUME /var/lib/neacd
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s \
    CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["scripts/start"]
