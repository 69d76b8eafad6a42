#!/bin/bash
# Slurm: an array of 8 tasks, each with a result file of its own. A task that is killed and requeued continues its file.
#   sbatch slurm.sh, and when all tasks are done: init-lab merge part-*.jsonl > all.jsonl
#SBATCH --job-name=init-lab
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --requeue
init-lab sweep experiment.json --seeds 1..1000 --shard auto \
  --resume "part-$SLURM_ARRAY_TASK_ID.jsonl" --workers "${SLURM_CPUS_PER_TASK:-1}"
