// compare, lengths, stacks, crf, systems, forking, score, kernels, microbenchmarks: --help says what each takes.
using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MlNetRecurrent.Benchmarks.Kernels;
using MlNetRecurrent.Benchmarks.Networks;
using MlNetRecurrent.Benchmarks.Scoring;
using MlNetRecurrent.Benchmarks.Systems;
using MlNetRecurrent.Engine.Kernels;

var shapes = new Argument<string[]>("shapes")
{
    Description = "Shapes CELL.B.T.I.H.L; none for the standard ones.",
    DefaultValueFactory = _ => Shape.Standard,
};
var threads = new Option<int>("--threads") { Description = "Threads of both programs.", DefaultValueFactory = _ => 1 };
var peer = new Option<string?>("--peer") { Description = "The command of the peer, which takes the number of threads and the shapes." };
var rounds = new Option<int>("--rounds")
{
    Description = "How often the two programs run in turn; the ratios are medians over the rounds.",
    DefaultValueFactory = _ => 3,
};
var compare = new Command(
    "compare", "Prints the milliseconds of a training step and of scoring a batch, and with a peer the ratios: above 1 ours is faster.")
{
    shapes, threads, peer, rounds,
};
compare.SetAction(result =>
{
    foreach (string shape in result.GetValue(shapes)!)
        new Comparison(shape, result.GetValue(threads), result.GetValue(peer)).Run(result.GetValue(rounds));
});
var lengths = new Command("lengths", "Prints what batches of differing lengths cost beside batches of full length.") { threads };
lengths.SetAction(result =>
{
    (string, int)[] ranges =
    [
        ("lstm.32.50.16.64.1", 1), ("lstm.64.100.128.256.1", 1), ("lstm.32.100.64.128.1", 10), ("lstm.64.100.128.256.1", 10),
        ("gru.64.100.128.256.1", 10),
    ];
    foreach ((string shape, int shortest) in ranges)
        Console.WriteLine(LengthBenchmark.Run(shape, shortest, result.GetValue(threads)));
});
var stacks = new Command(
    "stacks", "Prints the speed of a layer with ten stacks of 64 elements beside that of an Elman layer of as many units.")
{
    threads,
};
stacks.SetAction(result =>
{
    foreach (string size in (ReadOnlySpan<string>)["32.50.16.40.1", "32.100.16.40.1", "32.200.16.40.1", "1.100.16.40.1"])
        Console.WriteLine(StackBenchmark.Run(size, result.GetValue(threads)));
});
var roundsOfNetworks = new Option<int>("--rounds")
{
    Description = "How often the two networks run in turn; the fastest round of each counts.",
    DefaultValueFactory = _ => 5,
};
var crf = new Command(
    "crf", "Prints what a CRF of 20 tags adds to the time of the network below it, an LSTM of 128 units in one direction and in both.")
{
    threads, roundsOfNetworks,
};
crf.SetAction(result =>
{
    foreach (string shape in (ReadOnlySpan<string>)["lstm.32.30.100.128.1", "bilstm.32.30.100.128.1"])
        Console.WriteLine(CrfBenchmark.Run(shape, result.GetValue(threads), result.GetValue(roundsOfNetworks)));
});
var systems = new Command(
    "systems", "Prints the parameters of the six systems, and the time of an epoch beside that of an Elman network.")
{
    threads,
};
systems.SetAction(result =>
{
    int count = result.GetValue(threads);
    foreach (string line in SystemCosts.Run(steps: 50, count).Concat(SystemCosts.Run(steps: 400, count)))
        Console.WriteLine(line);
});
var forking = new Command(
    "forking", "Prints the time of an epoch of a forecaster over all origins, beside that of a regression on a window for each.")
{
    threads,
};
forking.SetAction(result => Console.WriteLine(ForkingBenchmark.Run(result.GetValue(threads))));
var score = new Command(
    "score", "Prints the speed of scoring through ML.NET beside that of OnnxRuntime: above 1 ours is faster.")
{
    threads,
};
score.SetAction(result =>
{
    foreach (string line in ScoringBenchmark.Run(result.GetValue(threads)))
        Console.WriteLine(line);
});
var kernels = new Command("kernels", "Prints the speed of the matrix products beside the peak of the processor.");
kernels.SetAction(_ =>
{
    (int, int, int)[] products =
        [(8, 80, 8), (32, 80, 8), (32, 192, 16), (64, 384, 32), (64, 256, 32), (64, 1024, 64), (256, 384, 32)];
    foreach ((int rows, int inputs, int panels) in products)
        Console.WriteLine(Hardware.WithWidestVectors(new ProductRates(rows, inputs, panels)));
});
var filter = new Option<string>("--filter")
{
    Description = "Which benchmarks, as BenchmarkDotNet takes it.",
    DefaultValueFactory = _ => "*",
};
var microbenchmarks = new Command("microbenchmarks", "Runs the kernels and cells in BenchmarkDotNet.") { filter };
microbenchmarks.SetAction(result =>
{
    IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "MlNetRecurrent.Benchmarks"));
    BenchmarkSwitcher.FromAssembly(typeof(ProductBenchmarks).Assembly).Run(["--filter", result.GetValue(filter)!], config);
});
var root = new RootCommand("Benchmarks of MlNetRecurrent")
{
    compare, lengths, stacks, crf, systems, forking, score, kernels, microbenchmarks,
};
return root.Parse(args).Invoke();
