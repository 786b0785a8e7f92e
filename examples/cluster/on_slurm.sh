#!/usr/bin/env bash
# A sweep as an array of Slurm, from the study to one file. On a login node, in a folder that all nodes see:
#   bash on_slurm.sh people.toml people
set -euo pipefail
study=$1 sweep=$2

poultice sweep plan "$study" -o "$sweep" --shards 8

# `poultice sweep slurm` writes $sweep/job.sbatch, in which each task of the array runs one shard, and prints its
# name. Tasks that were sent away go on by themselves. After tasks that failed, `sbatch --wait` fails too: then
# what is missing is sent off once more.
sbatch --wait "$(poultice sweep slurm "$sweep" --time 00:30:00)" ||
  sbatch --wait "$(poultice sweep slurm "$sweep" --time 00:30:00 --missing)"

poultice sweep status "$sweep"
poultice sweep merge "$sweep" -o "$sweep.h5"
