# The numbers of methods/false_discovery_test.cpp. R 4.2.2: Rscript false_discovery.R
p <- c(0.01, 0.04, NA, 0.03, 0.005, 0.55, 0.04)
print(p.adjust(p, "BH"), digits = 15)
print(p.adjust(p, "BY"), digits = 15)
