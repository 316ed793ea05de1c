using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// The meaning of a network's outputs, as files name it. A new head is a record of its own and the <see cref="Head{T}"/> that it makes.
/// </summary>
[JsonConverter(typeof(HeadConverter))]
internal abstract record HeadDefinition
{
    /// <summary>One of several classes, of which the outputs are the logits.</summary>
    public static HeadDefinition Categorical { get; } = new CategoricalDefinition();

    /// <summary>One of two classes, for each value of a label; an output is the logit of the class with the label 1.</summary>
    public static HeadDefinition Bernoulli { get; } = new BernoulliDefinition();

    /// <summary>An output for each value of a label, in the scale of the labels.</summary>
    public static HeadDefinition Value { get; } = new ValueDefinition();

    /// <summary>The name in files, which is that of the loss.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the outputs are values in the scale of the labels, rather than classes.</summary>
    public virtual bool HasValues => false;

    /// <summary>Whether the head allows this number of outputs.</summary>
    public virtual bool Fits(int outputs) => outputs == 1;

    /// <summary>The number of outputs for labels that are numbers or yes and no.</summary>
    /// <param name="labelSize">The number of values of a label.</param>
    public virtual int OutputsFor(int labelSize) => labelSize;

    /// <summary>Whether the loss of a time window needs nothing of other windows.</summary>
    public virtual bool CanBeCut => true;

    /// <summary>Makes the head.</summary>
    /// <param name="outputs">The number of outputs of the network.</param>
    public abstract Head<T> Create<T>(int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// The size of a loss of 1 in the unit of the labels. It is 1 where the loss has no unit, or the values of a label have different ones.
    /// </summary>
    public virtual double LossUnit(TargetTransform targets) => 1;

    /// <summary>The mean loss of a network whose outputs are all 0, in the scale that it learns.</summary>
    public virtual double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) => Math.Log(Math.Max(2, outputs));

    /// <summary>The mean loss of the best constant prediction; for classes, of equal probabilities for all.</summary>
    public virtual double LossOfConstant(int outputs, DataStatistics data, TargetTransform targets) => LossOfZeros(outputs, data, targets);

    /// <summary>The name, which messages show.</summary>
    public sealed override string ToString() => Name;
}
