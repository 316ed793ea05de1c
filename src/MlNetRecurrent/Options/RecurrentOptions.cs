namespace MlNetRecurrent;

/// <summary>The options of a recurrent trainer. They are copied and checked when the trainer is created.</summary>
/// <remarks>
/// The trainer chooses some options from the size of the data and of the network, unless they are set: <see cref="BatchSize"/>,
/// <see cref="NumberOfEpochs"/>, <see cref="LearningRate"/>, <see cref="Schedule"/>, <see cref="Pooling"/>, <see cref="WeightNoise"/>,
/// <see cref="RareTokenDropout"/>, <see cref="LabelSmoothing"/>, <see cref="ValidationFraction"/> and <see cref="EarlyStoppingPatience"/>.
/// </remarks>
public sealed partial class RecurrentOptions
{
    /// <summary>The name of the label column. Default: <c>Label</c>.</summary>
    /// <remarks>
    /// The type depends on the task. Binary classification: Boolean, Single (0 or 1), or a key with two values, of which the second is the
    /// positive class; or a vector of Boolean or Single of known size. Multiclass classification: a key. Regression: Single, or a vector of
    /// Single of known size. Tagger: a vector of keys, of Boolean or of Single, with one label per step. Rows without any label (NaN or
    /// key 0) are left out. A text loader reads an empty cell as false or 0, unless its <c>MissingRealsAsNaNs</c> is set.
    /// </remarks>
    public string LabelColumnName { get; set; } = "Label";

    /// <summary>
    /// The name of the sequence column: a vector of <see cref="float"/> with F features per step, one step after the other, or a vector of
    /// keys with one token per step. Default: <c>Features</c>.
    /// </summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>
    /// The name of the example weight column, a <see cref="float"/> of at least 0. Default: <see langword="null"/>; all examples have the
    /// same weight.
    /// </summary>
    /// <remarks>
    /// Only the ratios of the weights matter. The weights also apply to the statistics that scale features and labels. A row with weight 0
    /// is left out.
    /// </remarks>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>
    /// The recurrent layers, from the input to the output. Between 1 and 999 layers. Default: one <see cref="LstmLayer"/> of 64 units.
    /// </summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; set; } = [new LstmLayer(64)];

    /// <summary>
    /// The size of the embedding vector of each token. Used if the feature column holds keys. Between 1 and 65536. Default: 64.
    /// </summary>
    public int EmbeddingSize { get; set; } = 64;

    /// <summary>The pooling over the steps of a sequence. Not used by a tagger. Default: <see cref="SequencePooling.Automatic"/>.</summary>
    public SequencePooling Pooling { get; set; } = SequencePooling.Automatic;

    /// <summary>Whether the linear output layer has a bias. Default: <see langword="true"/>.</summary>
    public bool HasOutputBias { get; set; } = true;

    /// <summary>
    /// The number of features per step, F, for a feature column whose type does not specify it, such as <c>Vector&lt;Single&gt;</c>.
    /// Between 0 and 1048576. Default: 0; the type decides (<c>Vector&lt;Single, T, F&gt;</c>). If it does not, F is 1.
    /// </summary>
    public int NumberOfFeatures { get; set; }

    /// <summary>
    /// Whether each feature is scaled to mean 0 and standard deviation 1 over all steps of the training data. Not used for tokens.
    /// Default: <see langword="true"/>.
    /// </summary>
    /// <remarks>
    /// The mean and the scale are saved with the model. A feature that is constant in the training data, up to the rounding of a
    /// <see cref="float"/>, is replaced by 0 and named in the log.
    /// </remarks>
    public bool NormalizeFeatures { get; set; } = true;

    /// <summary>
    /// Whether the features may contain the label. Set this option if the label's value is available at prediction time.
    /// Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// If <see langword="false"/>, the first thousand rows are checked, or up to ten thousand if these are not conclusive, for example
    /// because they are sorted by label. (For a tagger, steps are counted.) Training a regression fails with an
    /// <see cref="InvalidOperationException"/> if, in all of these rows, the label equals a feature of the last step or a feature with a
    /// slot name, or is an exact linear function of a feature of its own row: the network would learn to copy it. Cases that may be
    /// intended, such as a class that is determined by the last step, give the warning <see cref="RecurrentWarning.LabelInFeatures"/>.
    /// </remarks>
    public bool AllowLabelInFeatures { get; set; }

    /// <summary>
    /// The name of an additional output column for the encoding of the sequence, the input of the linear output layer.
    /// Default: <see langword="null"/>, no such column.
    /// </summary>
    /// <remarks>
    /// The encoding is the output of the last recurrent layer, pooled over the steps. A tagger gives one encoding per step. Other trainers
    /// can use it as features. Its size is the output size of the last layer. With <see cref="SequencePooling.LastMeanMax"/>, the usual
    /// choice of <see cref="SequencePooling.Automatic"/>, it is three times that size.
    /// </remarks>
    public string? EncodingColumnName { get; set; }

    /// <summary>
    /// The name of an additional output column for the stack actions of the last <see cref="StackLayer"/>. Default: <see langword="null"/>,
    /// no such column.
    /// </summary>
    /// <remarks>
    /// The type is <c>Vector&lt;Single, *, stacks, actions&gt;</c>: the probabilities of PUSH, POP and, if the layer has it, NO-OP, for
    /// each stack at each step. The layer must not be <see cref="RecurrentLayer.Bidirectional"/>, and its
    /// <see cref="RecurrentLayer.TimeReduction"/> must be 1.
    /// </remarks>
    public string? StackActionsColumnName { get; set; }

    internal RecurrentOptions Copy()
    {
        var copy = (RecurrentOptions)MemberwiseClone();
        copy.Layers = Layers is null ? null! : [.. Layers];
        copy.IgnoredWarnings = IgnoredWarnings is null ? null! : [.. IgnoredWarnings];
        return copy;
    }
}
