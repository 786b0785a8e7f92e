#!/usr/bin/env bash
# A shard is a command with a number, which is all that most tools ask for. Here GNU parallel runs two at a time;
# with `--sshloginfile nodes.txt --workdir .` it does so on several machines that see this folder.
#   bash on_gnu_parallel.sh people.toml people
set -euo pipefail
study=$1 sweep=$2

poultice sweep plan "$study" -o "$sweep" --shards 8
# A shard ends with 3 where members failed: no reason to stop. If one is not done, `merge` refuses.
parallel --jobs 2 poultice sweep run "$sweep" --shard {} --resume --threads 1 --quiet ::: {0..7} || true
poultice sweep merge "$sweep" -o "$sweep.h5"
