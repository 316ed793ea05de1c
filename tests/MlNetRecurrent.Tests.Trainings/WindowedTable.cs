using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Trainings;

/// <summary>Windows of a table that is never in memory as a whole, read through a cursor.</summary>
internal static class WindowedTable
{
    private const int WindowSize = 24;

    /// <returns>0 where the process never took more memory than the bound.</returns>
    public static int Run(int rows, int mostMegabytes)
    {
        var ml = new MLContext(seed: 1);
        IDataView table = ml.Data.LoadFromEnumerable(Generate(rows));
        string[] columns = [nameof(Measurement.A), nameof(Measurement.B), nameof(Measurement.C), nameof(Measurement.D)];
        IDataView windows = ml.Transforms.SlidingWindow("Window", columns, WindowSize).Fit(table).Transform(table);
        double sum = 0;
        long count = 0;
        var clock = Stopwatch.StartNew();
        using (DataViewRowCursor cursor = windows.GetRowCursor([windows.Schema["Window"]]))
        {
            ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(windows.Schema["Window"]);
            VBuffer<float> window = default;
            while (cursor.MoveNext())
            {
                getter(ref window);
                sum += window.GetValues()[^1];
                count++;
            }
        }
        using var process = Process.GetCurrentProcess();
        long most = process.PeakWorkingSet64 >> 20;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} windows of {WindowSize} x 4 from {rows} rows: {rows / clock.Elapsed.TotalSeconds / 1e6:0.00} million rows a second, "
            + $"at most {most} MiB of memory, of {mostMegabytes} MiB that are allowed (sum {sum:G6})"));
        return most <= mostMegabytes ? 0 : 1;
    }

    private static IEnumerable<Measurement> Generate(int rows)
    {
        var row = new Measurement();
        for (int i = 0; i < rows; i++)
        {
            row.A = i % 100;
            row.B = i % 7;
            row.C = i % 13;
            row.D = i % 31;
            yield return row;
        }
    }

    private sealed class Measurement
    {
        public float A { get; set; }

        public float B { get; set; }

        public float C { get; set; }

        public float D { get; set; }
    }
}
