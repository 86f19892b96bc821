# Site and Datasette in one image. `docker build -t openplans .` builds the site from the data in this folder.
#
# The base is pinned by version, not by digest: run `docker buildx imagetools inspect python:3.12.11-slim-bookworm`
# and write python:3.12.11-slim-bookworm@sha256:... here if your builds have to be the same to the byte.

FROM python:3.12.11-slim-bookworm AS build
WORKDIR /src
COPY requirements.txt ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.txt
COPY build.py mkdocs.yml ./
COPY openplans openplans
COPY templates templates
COPY datapackages datapackages
COPY docs docs
COPY LICENSE README.md README.zh-CN.md CHANGELOG.md ./
ARG BASE_URL=""
RUN python build.py site --datasette db/ ${BASE_URL:+--base-url "$BASE_URL"}

FROM python:3.12.11-slim-bookworm
LABEL org.opencontainers.image.title="Open Plans" org.opencontainers.image.licenses="MIT AND CC-BY-4.0"
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8001 WORKERS=2
WORKDIR /srv/openplans
COPY requirements-serve.txt ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements-serve.txt \
 && useradd --system --no-create-home --shell /usr/sbin/nologin openplans
# Owned by root: the server can read its own files, and write none.
COPY openplans openplans
COPY templates/datasette templates/datasette
COPY --from=build /src/site site
USER openplans
EXPOSE 8001
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/db/openplans/plans.json?_size=1', timeout=4)"]
CMD ["python", "-m", "openplans.serve"]
