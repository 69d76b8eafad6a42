#!/bin/bash
# Grid Engine: an array of 8 tasks. qsub grid-engine.sh
#$ -N init-lab
#$ -t 1-8
#$ -cwd
#$ -r y
init-lab sweep experiment.json --seeds 1..1000 --shard auto --resume "part-$SGE_TASK_ID.jsonl" --workers 1
