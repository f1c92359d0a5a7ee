# The rival of alarm_bench: R surveillance's farringtonFlexible on the columns of a CSV file, the last 52 rows of each, timed.
#   Rscript alarm_bench.R SERIES.csv BOUNDS.csv     prints seconds, R's and surveillance's versions
suppressPackageStartupMessages(library(surveillance))
arguments <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(arguments[1]))
x <- sts(observed = counts, start = c(2000, 1), frequency = 52, epoch = seq_len(nrow(counts)), epochAsDate = FALSE)
control <- list(range = (nrow(counts) - 51):nrow(counts), b = 4, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, weightsThreshold = 2.58,
                pThresholdTrend = 1, alpha = 0.01, thresholdMethod = "nbPlugin", limit54 = c(0, 4), glmWarnings = FALSE)
options(warn = -1)
cost <- system.time(r <- farringtonFlexible(x, control = control))
seconds <- cost[["user.self"]] + cost[["sys.self"]]
write.table(matrix(sprintf("%.17g", upperbound(r)), nrow = 52), arguments[2], sep = ",", quote = FALSE, row.names = FALSE, col.names = FALSE)
cat(seconds, R.version.string, "surveillance", as.character(packageVersion("surveillance")), "\n")
