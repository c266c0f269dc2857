#!/bin/sh
# Resolve the *.in files into lock files with hashes, for all platforms and Pythons we support.
# uv reads no settings of this machine here, and leaves no registry's address in the files.
set -eu
cd "$(dirname "$0")/.."
resolve() {
    uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header "$@"
}
resolve "$@" requirements.in -o requirements.txt
resolve "$@" --constraint requirements.txt requirements-dev.in -o requirements-dev.txt
resolve "$@" requirements-node.in -o requirements-node.txt
npm install --package-lock-only --ignore-scripts
