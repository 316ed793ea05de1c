using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Bikes;

/// <summary>
/// The rentals of casual and of registered users from one network with two outputs, beside a network of the same configuration for each.
/// </summary>
/// <param name="network">The configuration.</param>
/// <param name="rows">The data.</param>
internal sealed class TwoTargets(Network network, BikeRows<BikeOutlook> rows)
{
    private static readonly string[] _targets = [nameof(BikeOutlook.Casual), nameof(BikeOutlook.Registered)];

    public IReadOnlyList<Figure> Measure(RunSettings settings, TrainingBars bars)
    {
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add("two targets", seeds.Length * (_targets.Length + 1));
        // One after the other for each seed, so that a machine whose speed varies is fair to both.
        (Result[] Singles, Result Both)[] results =
        [
            .. seeds.Select(seed => (
                _targets.Select(target => Train(network.Options(settings, seed, bar), target)).ToArray(),
                Train(network.Options(settings, seed, bar), nameof(BikeOutlook.Both)))),
        ];
        // The fastest of each: a machine that does other work meanwhile only adds to a time.
        double single = results.SelectMany(result => result.Singles).Min(result => result.Seconds);
        double both = results.Min(result => result.Both.Seconds);
        return
        [
            .. _targets.Select((target, index) => ErrorFigure(
                target, results.Average(result => result.Singles[index].Errors[0]), results.Average(result => result.Both.Errors[index]))),
            new("two targets: time of Fit beside one network", both / single, "F2")
            {
                Bar = Bar.Below(1.3),
                How = $"at best {both:F1} s and {single:F1} s; {network.Describe(settings)}",
            },
        ];
    }

    private static Figure ErrorFigure(string target, double single, double both) =>
        new($"two targets: error of {target.ToLowerInvariant()} beside its own network", both / single, "F3")
        {
            Bar = Bar.Below(1.03),
            How = $"{both:F2} and {single:F2}",
        };

    private Result Train(RecurrentOptions options, string label)
    {
        var ml = new MLContext(options.Seed);
        IDataView training = ml.Data.LoadFromEnumerable(rows.Training), test = ml.Data.LoadFromEnumerable(rows.Test);
        var watch = Stopwatch.StartNew();
        ITransformer model = ml.Regression.Trainers.Recurrent(BikeOutlook.SetColumns(options, label)).Fit(training);
        double seconds = watch.Elapsed.TotalSeconds;
        return new(Errors(ml, model.Transform(test), label), seconds);
    }

    private static double[] Errors(MLContext ml, IDataView scored, string label) =>
        scored.Schema["Score"].Type is VectorDataViewType
            ? [.. ml.Regression.EvaluateVector(scored, label).PerSlot.Select(slot => slot.RootMeanSquaredError)]
            : [ml.Regression.Evaluate(scored, label).RootMeanSquaredError];

    private sealed record Result(double[] Errors, double Seconds);
}
