"""nginx before some processes, with the very configuration that we hand out: only ports and folders are others."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.operations.started import Started
from tests.programs import ROOT, end, find_nginx, free_port

DEPLOY = ROOT / "neacd" / "deploy"
AROUND = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include site.conf;
}}
"""


def lay_out(folder: Path, site: str) -> Path:
    """A folder that nginx can run from; the path of the whole configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    common = (DEPLOY / "locations.conf").read_text()
    assert "/var/log/nginx/neacd.log" in common
    (folder / "locations.conf").write_text(common.replace("/var/log/nginx/neacd.log", f"{folder}/neacd.log"))
    (folder / "site.conf").write_text(site)
    whole = folder / "nginx.conf"
    # Started by root, its worker would become somebody who cannot walk to this folder.
    whole.write_text(("user root;" if os.geteuid() == 0 else "") + AROUND.format(folder=folder))
    return whole


def checked(whole: Path) -> "subprocess.CompletedProcess[str]":
    """What nginx itself says of a configuration."""
    nginx = find_nginx()
    assert nginx
    return subprocess.run([nginx, "-t", "-c", whole], capture_output=True, text=True, check=False)


def for_ports(site: str, port: int, ports: Sequence[int]) -> str:
    """The configuration we hand out, on other ports and without https."""
    for number, ours in enumerate(ports, start=1):
        assert f"127.0.0.1:800{number}" in site
        site = site.replace(f"127.0.0.1:800{number}", f"127.0.0.1:{ours}")
    assert "listen 443 ssl;" in site
    assert "listen 80;" in site
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    site = site.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    return "\n".join(line for line in site.splitlines() if not line.strip().startswith("ssl_"))


class Front(Started):
    """The installation as its visitors meet it: `base_url` is nginx's, and it ends with the test."""

    def __init__(self, folder: Path, servers: Sequence[Started]) -> None:
        first = servers[0]
        super().__init__(first.var, free_port())
        self.env = first.env
        site = for_ports((DEPLOY / "nginx.conf").read_text(), self.port, [one.port for one in servers])
        self._whole = lay_out(folder, site)

    def __enter__(self) -> Self:
        nginx = find_nginx()
        assert nginx
        checks = checked(self._whole)
        assert checks.returncode == 0, checks.stderr
        self._nginx = subprocess.Popen([nginx, "-c", self._whole], stderr=subprocess.DEVNULL)
        return self

    def __exit__(self, kind: type | None = None, error: object = None, trace: TracebackType | None = None) -> None:
        end(self._nginx)
