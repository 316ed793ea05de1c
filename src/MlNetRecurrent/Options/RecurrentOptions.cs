namespace MlNetRecurrent;

/// <summary>The options of a recurrent trainer. They are copied and checked when the trainer is created.</summary>
/// <remarks>
/// <para>
/// The trainer chooses some options from the size of the data and of the network, unless they are set:
/// <see cref="TrainingOptions.BatchSize"/>,
/// <see cref="TrainingOptions.NumberOfEpochs"/>, <see cref="TrainingOptions.LearningRate"/>, <see cref="TrainingOptions.Schedule"/>,
/// <see cref="Pooling"/>, <see cref="WeightNoise"/>,
/// <see cref="RareTokenDropout"/>, <see cref="LabelSmoothing"/>, <see cref="ValidationFraction"/> and <see cref="EarlyStoppingPatience"/>.
/// </para>
/// <para>
/// A training is fully specified if <see cref="TrainingOptions.NumberOfEpochs"/>, <see cref="TrainingOptions.LearningRate"/>,
/// <see cref="TrainingOptions.Schedule"/> and, except for a
/// tagger, <see cref="Pooling"/> are set. The value <c>Automatic</c> does not count as set.
/// </para>
/// </remarks>
public sealed partial class RecurrentOptions : TrainingOptions
{
    /// <summary>
    /// The recurrent layers, from the input to the output. Between 1 and 999 layers. Default: one <see cref="LstmLayer"/> of 64 units.
    /// </summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; set; } = [new LstmLayer(64)];

    /// <summary>The pooling over the steps of a sequence. Not used by a tagger. Default: <see cref="SequencePooling.Automatic"/>.</summary>
    public SequencePooling Pooling { get; set; } = SequencePooling.Automatic;

    /// <summary>Whether the linear output layer has a bias. Default: <see langword="true"/>.</summary>
    public bool HasOutputBias { get; set; } = true;

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
    /// <see cref="InvalidOperationException"/> if, in all of these rows, the label equals a feature of the last step or one with a slot
    /// name. It also fails if the label is an exact linear function of a feature of its row. The network would learn to copy the label.
    /// Cases that may be intended, such as a feature of an earlier row or a class that is determined by the last step, give the warning
    /// <see cref="RecurrentWarning.LabelInFeatures"/>.
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

    /// <summary>Returns one line about the options: the label, the columns that the network reads, and the layers.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        IEnumerable<string> layers = (Layers ?? []).Select(layer => layer?.Definition.Describe() ?? "null");
        return $"{LabelColumnName} from {string.Join(", ", InputColumnNames)}: {string.Join(", ", layers)}";
    }

    internal RecurrentOptions Copy()
    {
        var copy = (RecurrentOptions)MemberwiseClone();
        copy.Layers = Layers is null ? null! : [.. Layers];
        copy.FeatureColumnNames = FeatureColumnNames is null ? null! : [.. FeatureColumnNames];
        copy.StaticColumnNames = StaticColumnNames is null ? null! : [.. StaticColumnNames];
        copy.EmbeddingSizes = EmbeddingSizes is null ? null! : new Dictionary<string, int>(EmbeddingSizes);
        copy.EmbeddingVectors = EmbeddingVectors is null ? null! : new Dictionary<string, EmbeddingVectors>(EmbeddingVectors);
        copy.AdditionalOutputs = AdditionalOutputs is null ? null! : [.. AdditionalOutputs];
        copy.IgnoredWarnings = IgnoredWarnings is null ? null! : [.. IgnoredWarnings];
        return copy;
    }
}
