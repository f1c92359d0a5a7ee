# Reference numbers for change points: the least sum of squares for each number of breaks, by the dynamic programming of R's strucchange, which shares
# nothing with ours. Run: Rscript make_reference.R, in this folder. Made with R 4.2.2 (2022-11-10) and strucchange 1.5-3.
options(digits = 17)
suppressPackageStartupMessages(library(strucchange))
set.seed(20120612)
steps <- function(levels, lengths, sd) round(rep(levels, lengths) + rnorm(sum(lengths), 0, sd), 3)
series <- list(
  steps = list(y = steps(c(2, 8, 3, 12, 11), c(20, 14, 25, 9, 22), 1.5), h = 2, most = 8),
  small = list(y = steps(c(0, 1, 0.4), c(40, 35, 30), 0.6), h = 5, most = 6),
  noise = list(y = round(rnorm(90), 3), h = 3, most = 6),
  ramp = list(y = round((1:80) / 8 + rnorm(80, 0, 0.2), 3), h = 4, most = 9),
  counts = list(y = rpois(100, rep(c(3, 9, 2), c(40, 25, 35))), h = 2, most = 7)
)
values <- NULL
breaks <- NULL
for (name in names(series)) {
  one <- series[[name]]
  values <- rbind(values, data.frame(series = name, t = seq_along(one$y) - 1, y = one$y))
  found <- breakpoints(one$y ~ 1, h = one$h, breaks = one$most)
  for (m in 0:one$most) {
    at <- if (m == 0) NA else breakpoints(found, breaks = m)
    rss <- if (m == 0) sum((one$y - mean(one$y))^2) else at$RSS
    breaks <- rbind(breaks, data.frame(series = name, h = one$h, breaks = m, rss = format(rss, digits = 17), starts = if (m == 0) "" else paste(at$breakpoints, collapse = " ")))
  }
}
write.csv(values, "series.csv", row.names = FALSE, quote = FALSE)
write.csv(breaks, "breaks.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "strucchange", as.character(packageVersion("strucchange")), "\n")
