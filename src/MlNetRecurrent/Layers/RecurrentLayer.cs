using MlNetRecurrent.Checks;
using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent;

/// <summary>One layer of a recurrent network, as it is listed in <see cref="RecurrentOptions.Layers"/>. The outputs of each layer are the inputs of the next.</summary>
/// <param name="Size">
/// The number of hidden units, which is the number of features that the layer puts out at each step (twice as many where it is <see cref="Bidirectional"/>). Between 1 and 65536.
/// </param>
public abstract record RecurrentLayer(int Size)
{
    /// <summary>
    /// Whether a second layer of the same kind and size reads each sequence from its end, and both outputs of a step go on side by side: Schuster and Paliwal, "Bidirectional Recurrent Neural Networks",
    /// 1997. The layer then has twice the parameters, and <see cref="SequencePooling.Last"/> takes the last output of the one and the output of the other at the first step, where each has
    /// read everything. Default: <see langword="false"/>.
    /// </summary>
    public bool Bidirectional { get; init; }

    /// <summary>
    /// The number of steps that the layer reads as one, side by side, which shortens the sequences that go on from T to ⌈T / TimeReduction⌉ steps: a level of the pyramid of Chan et al., "Listen, Attend and Spell",
    /// 2015, arXiv 1508.01211. What is missing from the last of the joined steps is zero. Between 1 and 1024. Default: 1.
    /// </summary>
    public int TimeReduction { get; init; } = 1;

    /// <summary>
    /// The part of the layer's outputs that is left out at random in training, while the others are made larger to make up for it: Srivastava et al., "Dropout", 2014. Between layers, and in a tagger, it is drawn for each step anew; after the
    /// last layer, for the pooled vector. The recurrent connections keep all (Zaremba et al., "Recurrent Neural Network Regularization", 2014). At least 0 and below 1. Default: 0.
    /// </summary>
    public float Dropout { get; init; }

    internal LayerDefinition Definition => Describe() with { Bidirectional = Bidirectional, TimeReduction = TimeReduction, Dropout = Dropout };

    /// <summary>Throws where a property is out of its range.</summary>
    /// <param name="name">What the layer is called in messages.</param>
    /// <param name="everyStep">Whether the network has an output for every step.</param>
    internal virtual void Validate(string name, bool everyStep)
    {
        OptionCheck.That(Size is >= 1 and <= 1 << 16, $"{name}.{nameof(Size)}", Size, "between 1 and 65536");
        OptionCheck.That(Dropout is >= 0 and < 1, $"{name}.{nameof(Dropout)}", Dropout, "at least 0 and below 1");
        OptionCheck.That(TimeReduction is >= 1 and <= 1 << 10, $"{name}.{nameof(TimeReduction)}", TimeReduction, "between 1 and 1024");
        OptionCheck.That(!everyStep || TimeReduction == 1, $"{name}.{nameof(TimeReduction)}", TimeReduction, "1 in a tagger, which has a label for every step");
    }

    /// <summary>The definition of the cell.</summary>
    private protected abstract LayerDefinition Describe();
}
