# Reference numbers for rates of Poisson counts and their ratios: R's poisson.test.
# Run: Rscript make_reference.R > rates.csv, in this folder. Made with R 4.2.2.
cat("k1,t1,k2,t2,confidence,rate_low,rate_high,ratio,ratio_low,ratio_high,p\n")
cases <- rbind(c(0, 12, 3, 12), c(3, 12, 0, 12), c(1, 1, 1, 1), c(5, 12, 2, 12), c(14, 12, 55, 60), c(7, 21.4, 9, 33.17),
               c(100, 12, 60, 12), c(1, 41234.5, 2, 3.25), c(250, 60, 1999, 240), c(12, 36, 12, 36), c(2, 12, 40, 60),
               c(1000, 1, 1100, 1), c(3, 0.002, 900, 7), c(20, 12, 5, 12), c(6, 24.5, 17, 25.25))
for (confidence in c(0.95, 0.9, 0.99)) for (i in seq_len(nrow(cases))) {
  x <- cases[i, ]
  one <- poisson.test(x[1], x[2], conf.level = confidence)$conf.int
  two <- poisson.test(c(x[1], x[3]), c(x[2], x[4]), conf.level = confidence)
  cat(paste(formatC(c(x[1:4], 0, one, two$estimate, two$conf.int, two$p.value), digits = 17, format = "g", width = 1),
            collapse = ",") |> sub(pattern = "^(([^,]*,){4})0,", replacement = sprintf("\\1%g,", confidence)), "\n", sep = "")
}
