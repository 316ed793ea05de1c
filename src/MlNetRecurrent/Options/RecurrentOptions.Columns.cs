using MlNetRecurrent.Checks;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent;

/// <content>The columns that a trainer reads.</content>
public sealed partial class RecurrentOptions
{
    /// <summary>The name of the label column. Default: <c>Label</c>.</summary>
    /// <remarks>
    /// <para>
    /// The type depends on the task. Binary classification: <c>Boolean</c>, <c>Single</c> (0 or 1), or a key with two values, the second
    /// positive. For several labels: a vector of <c>Boolean</c> or <c>Single</c> of known size. Multiclass classification: a key.
    /// Regression: <c>Single</c>, or for several values a vector of <c>Single</c> of known size. Tagger: a vector of keys, <c>Boolean</c>
    /// or <c>Single</c>, with one label per step.
    /// </para>
    /// <para>
    /// Rows without any label (NaN or key 0) are left out. A text loader reads an empty cell as false, or as 0 for <c>Single</c> unless its
    /// <c>MissingRealsAsNaNs</c> is set.
    /// </para>
    /// </remarks>
    public string LabelColumnName { get; set; } = "Label";

    /// <summary>
    /// Further labels that the network learns to predict, each with an output of its own (multi-task learning; Caruana, 1997). Default:
    /// none.
    /// </summary>
    /// <remarks>
    /// <para>
    /// All outputs share the layers of the network. The columns of an additional output begin with its name, such as
    /// <c>Topic.PredictedLabel</c> and <c>Topic.Score</c> for the label column <c>Topic</c>; ML.NET's evaluators take these names as
    /// arguments. A label may be missing where others are known: a row is left out only if it has none.
    /// </para>
    /// <para>
    /// An output of a sequence tagger whose label is a scalar predicts one label for the sequence, from the mean of the last layer over
    /// the steps. A trainer of labels of sequences has no outputs for steps: make the sequence tagger the trainer, and the label of the
    /// sequence the additional one.
    /// </para>
    /// </remarks>
    public IReadOnlyList<AdditionalOutput> AdditionalOutputs { get; set; } = [];

    /// <summary>
    /// The name of the sequence column: a vector of <see cref="float"/> with F features per step, one step after the other, or a vector of
    /// keys with one token per step. Default: <c>Features</c>.
    /// </summary>
    /// <remarks>If there are several sequence columns, this is the first of <see cref="FeatureColumnNames"/>.</remarks>
    public string FeatureColumnName
    {
        get => FeatureColumnNames is [var first, ..] ? first : null!;
        set => FeatureColumnNames = [value, .. (FeatureColumnNames ?? []).Skip(1)];
    }

    /// <summary>
    /// The names of the sequence columns. At each step, the network reads the features and the embedded tokens of all of them side by side.
    /// Default: <c>Features</c>.
    /// </summary>
    /// <remarks>
    /// Each column is a vector of <see cref="float"/> or a vector of keys, as described for <see cref="FeatureColumnName"/>, or a
    /// <c>Vector&lt;Key, *, C&gt;</c> with the C characters of each step, as <c>TokenizeWordsIntoCharacters</c> creates it; missing keys at
    /// the end of a step are no characters. In each row, all columns have the same number of steps.
    /// <see cref="NumberOfFeatures"/> applies to the first column.
    /// </remarks>
    public IReadOnlyList<string> FeatureColumnNames { get; set; } = ["Features"];

    /// <summary>
    /// The names of the static columns: columns with one value per row, which the network reads at every step. Default: none.
    /// </summary>
    /// <remarks>
    /// The type of a column is <see cref="float"/>, <see cref="bool"/> (read as 0 or 1), a key, which is embedded, or a vector of
    /// <see cref="float"/> of known size. Numbers are normalized as features are (<see cref="NormalizeFeatures"/>).
    /// </remarks>
    public IReadOnlyList<string> StaticColumnNames { get; set; } = [];

    /// <summary>
    /// The name of the example weight column, a <see cref="float"/> of at least 0. For a tagger it can be a vector of them, with one weight
    /// per step. Default: <see langword="null"/>; all examples have the same weight.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Only the ratios of the weights matter. The weights also apply to the statistics that scale features and labels. A row with weight 0
    /// is left out.
    /// </para>
    /// <para>
    /// The loss of a step is multiplied by its weight. A step with weight 0 is treated as one without a label, in training and in
    /// validation. In the statistics of features, all steps of a row have the mean weight of its labeled steps. A CRF
    /// (<see cref="UseCrf"/>) has one weight for all labels of a sequence: the weights of a row that are not 0 must be equal.
    /// </para>
    /// </remarks>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>
    /// The number of features per step, F, for a feature column whose type does not specify it, such as <c>Vector&lt;Single&gt;</c>.
    /// Between 0 and 1048576. Default: 0; the type decides (<c>Vector&lt;Single, T, F&gt;</c>). If it does not, F is 1.
    /// </summary>
    public int NumberOfFeatures { get; set; }

    /// <summary>
    /// The size of the embedding vector of each token. Used if the feature column holds keys. Between 1 and 65536. Default: 64.
    /// </summary>
    public int EmbeddingSize { get; set; } = 64;

    /// <summary>
    /// The sizes of the embedding vectors of single columns, by the name of the column. Each is between 1 and 65536. Default: none; every
    /// column of keys has vectors of <see cref="EmbeddingSize"/>.
    /// </summary>
    public IReadOnlyDictionary<string, int> EmbeddingSizes { get; set; } = new Dictionary<string, int>();

    /// <summary>
    /// The network that reads the characters of each step, if a feature column holds characters. Default:
    /// <see cref="MlNetRecurrent.CharacterEncoder.Convolution"/>.
    /// </summary>
    /// <remarks>
    /// The size of its vector is that of the column's embedding, <see cref="EmbeddingSizes"/> or <see cref="EmbeddingSize"/>. With
    /// <see cref="MlNetRecurrent.CharacterEncoder.Lstm"/> the size must be even.
    /// </remarks>
    public CharacterEncoder CharacterEncoder { get; set; }

    /// <summary>The names of all columns that the network reads: the sequences, then the static ones.</summary>
    internal IEnumerable<string> InputColumnNames => FeatureColumnNames.Concat(StaticColumnNames);

    /// <summary>The label columns of a schema, which has them.</summary>
    internal LabelColumns FindLabels(DataViewSchema schema, RecurrentTask task) => new(
    [
        new(task, schema[LabelColumnName]),
        .. from output in AdditionalOutputs
           let column = schema[output.LabelColumnName]
           select new LabelColumn(output.TaskFor(task.EveryStep, column.Type is VectorDataViewType), column)
           {
               Output = output.Name,
               LossWeight = output.LossWeight,
           },
    ]);

    /// <exception cref="ArgumentOutOfRangeException">The size of a vector does not fit the network that computes it.</exception>
    internal InputColumns FindInputs(DataViewSchema schema, InputColumns? previous)
    {
        var inputs = InputColumns.Find(
            schema, FeatureColumnNames, StaticColumnNames, NumberOfFeatures, (CharacterEncoding)CharacterEncoder,
            EmbeddingSizeOf, previous);
        foreach (InputField field in inputs.Fields.Where(field => field.Encoding == CharacterEncoding.Lstm))
        {
            bool isOwnSize = EmbeddingSizes.ContainsKey(field.Name);
            OptionCheck.That(
                field.Size % 2 == 0, isOwnSize ? $"{nameof(EmbeddingSizes)}['{field.Name}']" : nameof(EmbeddingSize), field.Size,
                $"even where {nameof(CharacterEncoder)} is Lstm, since each direction has half of the units");
        }
        return inputs;
    }
}
