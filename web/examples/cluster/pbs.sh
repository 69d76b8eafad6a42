#!/bin/bash
# PBS (OpenPBS, PBS Professional): an array of 8 tasks, numbered from 1. qsub pbs.sh
# PBS does not say how many tasks there are, so --shard says it.
#PBS -N init-lab
#PBS -J 1-8
#PBS -r y
cd "$PBS_O_WORKDIR" || exit
init-lab sweep experiment.json --seeds 1..1000 --shard auto/8 --resume "part-$PBS_ARRAY_INDEX.jsonl" --workers 1
