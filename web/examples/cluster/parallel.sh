#!/bin/bash
# GNU parallel: 8 parts on the cores of this machine (with --sshlogin on several). Run again, it continues.
parallel init-lab sweep experiment.json --seeds 1..1000 --shard auto/8 --resume part-{}.jsonl --workers 1 ::: {1..8}
