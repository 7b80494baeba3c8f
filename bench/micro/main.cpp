// throng-micro: hot functions, one by one. Run by `./dev bench`, which prints the goals beside the figures.

#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
