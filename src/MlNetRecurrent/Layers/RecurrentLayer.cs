using MlNetRecurrent.Checks;

namespace MlNetRecurrent;

/// <summary>
/// A layer of a recurrent network, an element of <see cref="RecurrentOptions.Layers"/>. Each layer reads the outputs of the previous one.
/// </summary>
/// <param name="Size">The number of hidden units, which is also the number of output features per step (twice this number if the layer is
/// <see cref="Bidirectional"/>). Between 1 and 65536.</param>
public abstract record RecurrentLayer(int Size)
{
    /// <summary>
    /// Whether the layer is bidirectional: a second layer of the same type and size reads each sequence from the end to the start, and the
    /// outputs of both are concatenated (Schuster and Paliwal, "Bidirectional Recurrent Neural Networks", 1997).
    /// Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// A bidirectional layer has twice the parameters. <see cref="SequencePooling.Last"/> takes the forward output at the last step and the
    /// backward output at the first step, where each direction has read the whole sequence.
    /// </remarks>
    public bool Bidirectional { get; init; }

    /// <summary>
    /// The number of consecutive steps that the layer concatenates and reads as one step. Between 1 and 1024. Default: 1.
    /// </summary>
    /// <remarks>
    /// The layer shortens the sequence from T to ⌈T / TimeReduction⌉ steps: one level of the pyramid of Chan et al., "Listen, Attend and
    /// Spell", 2015, arXiv 1508.01211. An incomplete last group is padded with zeros. A tagger requires 1.
    /// </remarks>
    public int TimeReduction { get; init; } = 1;

    /// <summary>
    /// The dropout rate: the fraction of the layer's outputs that is set to 0 at random in training (Srivastava et al., "Dropout", 2014).
    /// At least 0 and below 1. Default: 0.
    /// </summary>
    /// <remarks>
    /// The other outputs are scaled up to compensate. Between layers, and in a tagger, the dropped outputs are drawn anew for each step.
    /// After the last layer of other networks, dropout applies to the pooled vector. There is no dropout on the recurrent connections
    /// (Zaremba et al., "Recurrent Neural Network Regularization", 2014).
    /// </remarks>
    public float Dropout { get; init; }

    /// <summary>
    /// Whether training changes the weights of the layer. Default: <see langword="true"/>.
    /// </summary>
    /// <remarks>
    /// A layer that is not trainable keeps its weights bit for bit: those of the previous model, or random ones in a new training. The
    /// setting belongs to a training; models do not keep it.
    /// </remarks>
    public bool Trainable { get; init; } = true;

    internal LayerDefinition Definition =>
        Describe() with { Bidirectional = Bidirectional, TimeReduction = TimeReduction, Dropout = Dropout };

    /// <param name="name">The name of the layer in messages.</param>
    /// <param name="everyStep">Whether the network has an output at every step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A property is out of range.</exception>
    internal virtual void Validate(string name, bool everyStep)
    {
        OptionCheck.That(Size is >= 1 and <= 1 << 16, $"{name}.{nameof(Size)}", Size, "between 1 and 65536");
        OptionCheck.That(Dropout is >= 0 and < 1, $"{name}.{nameof(Dropout)}", Dropout, "at least 0 and below 1");
        OptionCheck.That(TimeReduction is >= 1 and <= 1 << 10, $"{name}.{nameof(TimeReduction)}", TimeReduction, "between 1 and 1024");
        bool canReduce = !everyStep || TimeReduction == 1;
        OptionCheck.That(
            canReduce, $"{name}.{nameof(TimeReduction)}", TimeReduction, "1 in a tagger, which has a label for every step");
    }

    private protected abstract LayerDefinition Describe();
}
