# Weighted kappa of a cross table by R's vcd, both weights; the values stand in tests/unit/methods/dyads_test.cpp.
# R 4.2.2, vcd 1.4-11 (Debian r-cran-vcd): Rscript kappa.R
suppressMessages(library(vcd))
table <- matrix(c(51, 7, 2, 12, 20, 5, 3, 6, 14), nrow = 3, byrow = TRUE)
cat("linear ", format(unname(Kappa(table, weights = "Equal-Spacing")$Weighted["value"]), digits = 17), "\n")
cat("squared", format(unname(Kappa(table, weights = "Fleiss-Cohen")$Weighted["value"]), digits = 17), "\n")
