using System.Collections;
using System.Globalization;
using System.IO.Hashing;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Trainers;

/// <summary>
/// All that the result of a training depends on, by the names of the options: every option except those that are known not to matter.
/// </summary>
internal static class TrainingFingerprint
{
    /// <summary>
    /// Options that do not change the weights, or whose effect is covered in another way: by the network, by a hash of the data, or by the
    /// final size of the pools.
    /// </summary>
    private static readonly HashSet<string> _leftOut =
    [
        nameof(RecurrentOptions.LabelColumnName), nameof(RecurrentOptions.FeatureColumnName), nameof(RecurrentOptions.FeatureColumnNames),
        nameof(RecurrentOptions.StaticColumnNames), nameof(RecurrentOptions.AdditionalOutputs),
        nameof(RecurrentOptions.ExampleWeightColumnName), nameof(RecurrentOptions.EncodingColumnName),
        nameof(RecurrentOptions.StackActionsColumnName), nameof(RecurrentOptions.Layers),
        nameof(RecurrentOptions.NumberOfFeatures), nameof(RecurrentOptions.EmbeddingSize), nameof(RecurrentOptions.EmbeddingSizes),
        nameof(RecurrentOptions.CharacterEncoder), nameof(RecurrentOptions.Pooling), nameof(RecurrentOptions.HasOutputBias),
        nameof(RecurrentOptions.NumberOfEpochs),
        nameof(RecurrentOptions.NumberOfThreads), nameof(RecurrentOptions.Progress), nameof(RecurrentOptions.Seed),
        nameof(RecurrentOptions.CancellationToken), nameof(RecurrentOptions.KeepModelWhenCancelled),
        nameof(RecurrentOptions.CheckpointPath), nameof(RecurrentOptions.CheckpointInterval), nameof(RecurrentOptions.CacheMegabytes),
        nameof(RecurrentOptions.ShufflePoolSize), nameof(RecurrentOptions.EarlyStoppingPatience), nameof(RecurrentOptions.Momentum),
        nameof(RecurrentOptions.AllowLabelInFeatures), nameof(RecurrentOptions.TreatWarningsAsErrors),
        nameof(RecurrentOptions.IgnoredWarnings), nameof(RecurrentOptions.NumberOfAlternatives),
        nameof(RecurrentOptions.EmbeddingVectors), nameof(RecurrentOptions.ReplaceOutputs),
        nameof(RecurrentOptions.TrainableEmbeddings),
    ];

    private static readonly RecurrentOptions _defaults = new();

    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = KnownDefinitions.Resolver,
    };

    public static IReadOnlyList<FingerprintEntry> Of(
        RecurrentOptions options, bool noiseIsChosen, NetworkDefinition network, DataStatistics data, int shufflePoolSize,
        Parameters<float>? start, IReadOnlyList<string> frozenParts)
    {
        var entries = new List<FingerprintEntry>();
        for (int i = 0; i < network.Layers.Count; i++)
            entries.Add(new($"{nameof(RecurrentOptions.Layers)}[{i}]", Describe(network.Layers[i])));
        // Heads without properties are written as their name alone.
        entries.Add(new(FingerprintText.Loss, Text(network.Head).Trim('"')));
        entries.Add(new(FingerprintText.Outputs, DescribeOutputs(options)));
        entries.Add(new("an output for every step", Text(network.EveryStep)));
        entries.Add(new("the number of outputs", Text(network.Outputs)));
        entries.Add(new("the number of tokens", Text(network.Tokens)));
        string features = network.Tokens > 0 ? nameof(RecurrentOptions.EmbeddingSize) : nameof(RecurrentOptions.NumberOfFeatures);
        entries.Add(new(features, Text(network.Features)));
        if (network.Inputs is { } inputs)
            entries.Add(new(FingerprintText.Fields, Text(inputs)));
        entries.Add(new(nameof(RecurrentOptions.Pooling), network.Pooling.ToString()));
        entries.Add(new(nameof(RecurrentOptions.HasOutputBias), Text(network.HasOutputBias)));
        foreach (PropertyInfo option in typeof(RecurrentOptions).GetProperties().Where(option => !_leftOut.Contains(option.Name)))
            entries.Add(Describe(option.Name, option.GetValue(options), option.GetValue(_defaults)));
        entries.Add(new("the number of rows that are shuffled together", shufflePoolSize == 0 ? "all" : Text(shufflePoolSize)));
        if (options.Optimizer == RecurrentOptimizer.Sgd)
            entries.Add(new(nameof(RecurrentOptions.Momentum), Text(options.Momentum)));
        bool isSpared = noiseIsChosen && options.WeightNoise > 0 && network.HasTokens;
        entries.Add(new("no noise of the vectors of tokens", Text(isSpared)) { IsDefault = !isSpared });
        bool falls = options.WeightNoise > 0 && TrainingDefaults.NoiseFalls(noiseIsChosen, network);
        entries.Add(new("noise that falls with the learning rate and the error", Text(falls)) { IsDefault = !falls });
        string weights = string.Join(", ", options.AdditionalOutputs.Select(output => Text(output.LossWeight)));
        entries.Add(new("the weights of the additional losses", weights.Length == 0 ? "none" : weights)
        {
            IsDefault = weights.Length == 0,
        });
        entries.Add(new("what is not trainable", frozenParts.Count == 0 ? "nothing" : string.Join(", ", frozenParts))
        {
            IsDefault = frozenParts.Count == 0,
        });
        if (options.Seed is { } seed)
            entries.Add(new(nameof(RecurrentOptions.Seed), Text(seed)));
        if (options.Schedule is LearningRateSchedule.Cosine or LearningRateSchedule.OneCycle)
            entries.Add(new(nameof(RecurrentOptions.NumberOfEpochs), Text(options.NumberOfEpochs)));
        if (start is not null)
        {
            ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(start.Values.Span));
            entries.Add(new("the hash of the previous model's weights", hash.ToString("x16", CultureInfo.InvariantCulture)));
        }
        entries.Add(new("the number of rows to learn from", Text(data.Count)));
        entries.Add(new("the hash of the data", data.Hash.ToString("x16", CultureInfo.InvariantCulture)));
        return entries;
    }

    /// <summary>The entry of an option. Lists are compared with the default by their items.</summary>
    public static FingerprintEntry Describe(string option, object? value, object? usual)
    {
        string text = TextOfOption(value);
        return new(option, text) { IsDefault = text == TextOfOption(usual) };
    }

    private static string TextOfOption(object? value) => value is IEnumerable and not string
        ? Text(value)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string DescribeOutputs(RecurrentOptions options) => string.Join(
        " and ",
        [
            $"'{options.LabelColumnName}'",
            .. options.AdditionalOutputs.Select(output => $"'{output.Name}' ({output.Task} of column '{output.LabelColumnName}')"),
        ]);

    /// <summary>The text of a layer as in older checkpoints, which name the stacks of every layer.</summary>
    private static string Describe(LayerDefinition layer)
    {
        JsonObject description = RecordJson.WriteObject(layer, typeof(LayerDefinition), _json);
        description.TryAdd(nameof(StackLayerDefinition.Stacks), null);
        return Text(description);
    }

    private static string Text<T>(T value) => RecordJson.WriteText(value, _json);
}
