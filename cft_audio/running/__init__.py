"""Many like tasks, done here, by processes of this machine, or by a cluster, with one seam."""
