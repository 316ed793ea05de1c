using System.Collections.Immutable;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Importance;

/// <summary>Measures how much the metrics of a model change if rows exchange the values of a feature (Breiman, 2001).</summary>
/// <typeparam name="TMetrics">The metrics of the task.</typeparam>
/// <typeparam name="TStatistics">The statistics of their changes.</typeparam>
/// <param name="task">The task.</param>
/// <param name="evaluate">Evaluates scored data.</param>
/// <param name="create">Creates empty statistics.</param>
/// <param name="addChange">Adds the change from the metrics without a permutation, the last argument.</param>
internal sealed class ImportanceMeasure<TMetrics, TStatistics>(
    RecurrentTask task, Func<IDataView, TMetrics> evaluate, Func<TStatistics> create, Action<TStatistics, TMetrics, TMetrics> addChange)
{
    /// <param name="environment">The log, the cancellation and, without a seed, the random numbers.</param>
    /// <param name="settings">The model, the data, and what is permuted.</param>
    /// <returns>The statistics of the changes, by the names of features and lags.</returns>
    /// <exception cref="ArgumentException">An argument cannot be.</exception>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    public ImmutableDictionary<string, TStatistics> Run(IHostEnvironment environment, ImportanceSettings settings)
    {
        settings.Validate(task);
        IHost host = environment.Register("PermutationFeatureImportance");
        var random = new Random(settings.Seed ?? host.Rand.Next());
        IDataView data = Cache(host, settings);
        var schema = new ScoringSchema(settings.Model, data.Schema);
        (StepFeature Feature, int? Lag)[] results = ListResults(data, settings);
        string[] names = FeatureNames.Of(results);
        using IChannel channel = host.Start("Permuting");
        channel.Info(
            MessageSensitivity.None, "The metrics of {0} permutations are computed.", (long)results.Length * settings.PermutationCount);
        TMetrics before = evaluate(new ScoringView(schema, data));
        var statistics = ImmutableDictionary.CreateBuilder<string, TStatistics>();
        (StepFeature? Feature, FeatureValues? Values) read = default;
        double done = 0, total = (double)results.Length * settings.PermutationCount;
        foreach (((StepFeature feature, int? lag), string name) in results.Zip(names))
        {
            if (read.Feature != feature)
                read = (feature, FeatureValues.Read(data, feature));
            TStatistics changes = create();
            for (int i = 0; i < settings.PermutationCount; i++)
            {
                CatalogEnvironment.ThrowIfCancelled(host);
                var exchange = Exchange.Draw(read.Values!.Lengths, lag, random);
                var permuted = new PermutedView(data, feature, read.Values, exchange);
                addChange(changes, evaluate(new ScoringView(schema, permuted)), before);
                settings.Progress?.Report(++done / total);
            }
            statistics.Add(name, changes);
            channel.Trace(MessageSensitivity.Schema, "'{0}' was permuted.", name);
        }
        return statistics.ToImmutable();
    }

    /// <summary>The rows are read many times, always in the same order.</summary>
    private static IDataView Cache(IHost host, ImportanceSettings settings)
    {
        DataOperationsCatalog operations = CatalogEnvironment.DataOf(host);
        return operations.Cache(
            settings.NumberOfExamples is { } count ? operations.TakeRows(settings.Data, count) : settings.Data);
    }

    /// <summary>Lists the features or, of each feature with steps, the lags that a row has.</summary>
    private static (StepFeature Feature, int? Lag)[] ListResults(IDataView data, ImportanceSettings settings)
    {
        StepFeature[] features = StepFeature.List(settings.Model.Inputs, data.Schema);
        // All sequences of a row have the same length.
        IReadOnlyList<int> lengths = FeatureValues.Read(data, features[0]).Lengths;
        if (lengths.Count == 0)
            throw new InvalidOperationException("The data has no rows.");
        return
        [
            .. from feature in features
               let hasLags = settings.Permutation == SequencePermutation.FeatureAndLag && !feature.IsStatic
               from lag in hasLags ? Enumerable.Range(0, lengths.Max()).Select(lag => (int?)lag) : [null]
               select (feature, lag),
        ];
    }
}
