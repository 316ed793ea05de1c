// compare [SHAPE …] [--threads N] [--peer "dotnet …/libtorch.dll"], score, or kernels
using System.CommandLine;
using System.Diagnostics;
using MlNetRecurrent.Benchmarks;
using MlNetRecurrent.Benchmarks.Scoring;
using MlNetRecurrent.Engine.Kernels;

var shapes = new Argument<string[]>("shapes") { Description = "Shapes CELL.B.T.I.H.L; none for the standard ones.", DefaultValueFactory = _ => Shape.Standard };
var threads = new Option<int>("--threads") { Description = "Threads of both programs.", DefaultValueFactory = _ => 1 };
var peer = new Option<string?>("--peer") { Description = "The command of the peer, which takes the number of threads and the shapes." };
var compare = new Command("compare", "Prints the milliseconds of a training step and of scoring a batch, and with a peer the ratios: above 1 ours is faster.") { shapes, threads, peer };
compare.SetAction(result =>
{
    foreach (string text in result.GetValue(shapes)!)
    {
        Measurement ours = Hardware.WithWidestVectors(new NetworkBenchmark(Shape.Parse(text), result.GetValue(threads)));
        Console.WriteLine(ours);
        if (result.GetValue(peer) is { } command && PeerOf(command, text, result.GetValue(threads)) is { } theirs)
            Console.WriteLine($"{theirs}\nratio {text} {ours.Threads} train {theirs.TrainMilliseconds / ours.TrainMilliseconds:F2} infer {theirs.InferMilliseconds / ours.InferMilliseconds:F2}");
    }
});
var kernels = new Command("kernels", "Prints the speed of the matrix products beside the peak of the processor.");
kernels.SetAction(_ =>
{
    foreach ((int rows, int inputs, int panels) in (ReadOnlySpan<(int, int, int)>)[(8, 80, 8), (32, 80, 8), (32, 192, 16), (64, 384, 32), (64, 256, 32), (64, 1024, 64), (256, 384, 32)])
        Console.WriteLine(Hardware.WithWidestVectors(new KernelBenchmark(rows, inputs, panels)));
});
var score = new Command("score", "Prints the speed of scoring through ML.NET beside that of OnnxRuntime: above 1 ours is faster.") { threads };
score.SetAction(result =>
{
    foreach (string line in ScoringBenchmark.Run(result.GetValue(threads)))
        Console.WriteLine(line);
});
return new RootCommand("Benchmarks of MlNetRecurrent") { compare, score, kernels }.Parse(args).Invoke();

// The peer runs in a process of its own, with huge pages, its best allocator setting.
static Measurement? PeerOf(string command, string shape, int threads)
{
    string[] words = command.Split(' ');
    var start = new ProcessStartInfo(words[0], [.. words[1..], $"{threads}", shape]) { RedirectStandardOutput = true };
    start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
    using Process process = Process.Start(start)!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return output.Split('\n').Select(Measurement.Parse).FirstOrDefault(line => line is not null);
}
