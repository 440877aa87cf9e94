"""Peak memory is that of the process alone."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from flows.children import builder_environment
from flows.peak import peak_memory

_SIZE = 400  # MB


def test_what_the_parent_held_is_not_counted():
    parent = textwrap.dedent(f"""
        import subprocess, sys
        held = bytearray({_SIZE} << 20)
        held[::4096] = b"x" * len(held[::4096])
        subprocess.run([sys.executable, "-P", "-c", "from flows.peak import peak_memory; print(peak_memory())"], check=True)
    """)
    done = subprocess.run([sys.executable, "-P", "-c", parent], env=builder_environment(), check=True, capture_output=True,
                          text=True)
    assert 1 < float(done.stdout) < _SIZE / 2


def test_what_was_held_once_is_counted():
    before = peak_memory()
    child = f"held = bytearray({_SIZE} << 20); held[::4096] = b'x' * len(held[::4096]); del held\n" \
            "from flows.peak import peak_memory; print(peak_memory())"
    done = subprocess.run([sys.executable, "-P", "-c", child], env=builder_environment(), check=True, capture_output=True,
                          text=True)
    assert float(done.stdout) > _SIZE
    assert peak_memory() >= before > 1
