using Xunit.Sdk;
using Xunit.v3;

// The tour needs the console and the current folder for itself.
[assembly: Parallelization(Mode = ParallelMode.None)]
