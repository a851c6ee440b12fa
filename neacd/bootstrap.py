"""Makes the environment: `python -m neacd.bootstrap REQUIREMENTS STAMP KEY`, called by scripts/setup.

Runs on a bare interpreter, so standard library only. It installs exactly what the requirements lock with hashes and
writes KEY to STAMP when all of it is there; it must not touch anything outside .venv.
"""

import subprocess
import sys
from collections import deque
from pathlib import Path

from neacd.steps import step

FOLDER = Path(".venv")
PYTHON = FOLDER / "bin" / "python"
REMEMBERED = 12  # lines of the installer shown when it fails: its reason is in the last few


class Unready(Exception):
    """Why there is no environment, as a sentence for the person at the keyboard."""


def _is_sound(python: Path) -> bool:
    """Whether an environment can be used: its interpreter runs, is new enough and can install."""
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    """.venv, made anew where it is missing, half made or from an interpreter that is gone."""
    version = ".".join(str(number) for number in sys.version_info[:3])
    with step(sys.stdout, "environment", f"making .venv with Python {version} ...") as making:
        if _is_sound(PYTHON):
            making.done(".venv is there")
            return
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", FOLDER], capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise Unready(f"Python could not make .venv:\n{(made.stdout + made.stderr).strip()}")
        making.done(f".venv made with Python {version}")


def install(requirements: Path) -> None:
    """Every package of the lock file, and nothing whose hash differs."""
    total = sum(1 for line in requirements.read_text().splitlines() if "==" in line and not line.startswith(" "))
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--no-warn-script-location", "-r", str(requirements)]
    if not sys.stdout.isatty():
        print(f"  packages      {total} to look at; the first time this takes about a minute", flush=True)
    with step(sys.stdout, "packages") as installing:
        last: deque[str] = deque(maxlen=REMEMBERED)
        seen = 0
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
            assert pip.stdout is not None
            for line in pip.stdout:
                last.append(line.rstrip())
                if line.startswith(("Collecting", "Requirement already satisfied")):
                    seen += 1
                    installing.doing(f"{min(seen, total)} of {total} ...")
                elif line.startswith("Installing"):
                    installing.doing("putting them in place ...")
        if pip.returncode:
            reason = "\n".join(last)
            raise Unready(f"{reason}\n\nThe packages could not be installed. Is there a network? Then: make setup")
        installing.done(f"{total} in place")


def main() -> int:
    requirements, stamp, key = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    try:
        make_environment()
        install(requirements)
    except Unready as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; what is missing is installed the next time.", file=sys.stderr)
        return 130
    stamp.write_text(key + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
