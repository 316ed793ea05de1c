namespace MlNetRecurrent;

/// <content>What a training takes over from earlier ones.</content>
public sealed partial class RecurrentOptions
{
    /// <summary>
    /// The vectors from which the embedding of a column starts, by the name of the column. Default: none; vectors start at random.
    /// </summary>
    /// <remarks>
    /// The column is one of <see cref="FeatureColumnNames"/> or <see cref="StaticColumnNames"/>, and its keys have values, which are looked
    /// up in the vectors. Keys without a vector start at random. The size of the vectors is that of the embedding. A training that
    /// continues with a previous model keeps the vectors of that model.
    /// </remarks>
    public IReadOnlyDictionary<string, EmbeddingVectors> EmbeddingVectors { get; set; } = new Dictionary<string, EmbeddingVectors>();

    /// <summary>
    /// Whether training changes the embeddings: the vectors of tokens, and the networks that read the characters of words. Default:
    /// <see langword="true"/>.
    /// </summary>
    /// <remarks>
    /// <see langword="false"/> keeps them as they are in the previous model or in <see cref="EmbeddingVectors"/>; without either, they keep
    /// their random initial values. For single columns, use vectors that are not <see cref="EmbeddingVectors.Trainable"/>; for layers,
    /// <see cref="RecurrentLayer.Trainable"/>.
    /// </remarks>
    public bool TrainableEmbeddings { get; set; } = true;

    /// <summary>
    /// Whether a training that continues with a previous model learns its outputs anew: other classes, values of another unit, or another
    /// task. Default: <see langword="false"/>; the labels are those of the previous model.
    /// </summary>
    /// <remarks>
    /// The embeddings, the layers and the scales of the features are those of the previous model; only the linear layer and what follows it
    /// are new. <see cref="RecurrentLayer.Trainable"/> keeps layers as they are, <see cref="TrainableEmbeddings"/> embeddings. The trainer
    /// chooses the learning rate of a new training. Without a previous model, the option has no effect, and a warning says so
    /// (<see cref="RecurrentWarning.OptionWithoutEffect"/>).
    /// </remarks>
    public bool ReplaceOutputs { get; set; }

    /// <summary>The size of the vectors of a column of keys.</summary>
    internal int EmbeddingSizeOf(string column) =>
        EmbeddingVectors.TryGetValue(column, out EmbeddingVectors? vectors) ? vectors.Size
        : EmbeddingSizes.TryGetValue(column, out int size) ? size
        : EmbeddingSize;
}
