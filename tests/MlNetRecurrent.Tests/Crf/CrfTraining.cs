using Microsoft.ML;

namespace MlNetRecurrent.Tests.Crf;

/// <summary>Short trainings of taggers with a CRF.</summary>
internal static class CrfTraining
{
    public static readonly string[] Names = ["O", "B-A", "I-A", "B-B", "I-B"];

    private static readonly string[] _tokens = ["o", "a", "b", "n"];

    public static RecurrentOptions Options() => new()
    {
        LabelColumnName = "Tags",
        FeatureColumnName = "Tokens",
        Layers = [new LstmLayer(8)],
        EmbeddingSize = 4,
        UseCrf = true,
        TagScheme = TagScheme.Bio,
        NumberOfEpochs = 3,
        BatchSize = 64,
        LearningRate = 0.05f,
        Schedule = LearningRateSchedule.Constant,
        Seed = 1,
    };

    /// <summary>Sentences whose words and tags are keys.</summary>
    public static IDataView Keyed(MLContext ml, IEnumerable<Sentence> rows, params string[] names)
    {
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        IDataView tags = ml.Data.LoadFromEnumerable((names is [] ? Names : names).Select(name => new { Tags = name }));
        IDataView tokens = ml.Data.LoadFromEnumerable(_tokens.Select(token => new { Tokens = token }));
        return ml.Transforms.Conversion.MapValueToKey("Tags", keyData: tags)
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens", keyData: tokens))
            .Fit(data).Transform(data);
    }

    public static RecurrentTransformer Fit(MLContext ml, Action<RecurrentOptions>? change = null, IEnumerable<Sentence>? rows = null)
    {
        RecurrentOptions options = Options();
        change?.Invoke(options);
        return ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(Keyed(ml, rows ?? Sentence.Generate(200)));
    }
}
