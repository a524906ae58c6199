using Aico.Benchmarks;
using BenchmarkDotNet.Running;

// Without arguments it asks which; --filter '*' runs all, --job short in about two minutes.
BenchmarkSwitcher.FromAssembly(typeof(WavBenchmarks).Assembly).Run(args);
