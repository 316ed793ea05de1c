using System.Diagnostics;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>The peer, which runs in a process of its own, with huge pages, its best allocator setting.</summary>
/// <param name="command">What runs it; the number of threads and the shape are added.</param>
internal sealed class PeerProcess(string command)
{
    /// <exception cref="InvalidOperationException">The peer printed no measurement.</exception>
    public Measurement Measure(string shape, int threads)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(words[0], [.. words[1..], $"{threads}", shape]) { RedirectStandardOutput = true };
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n').Select(Measurement.Parse).FirstOrDefault(line => line is not null)
            ?? throw new InvalidOperationException(
                $"'{command} {threads} {shape}' printed no measurement; it ended with {process.ExitCode}.");
    }
}
