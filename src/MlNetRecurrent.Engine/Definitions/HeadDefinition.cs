using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// The meaning of a network's outputs, as files name it. A new head is a record of its own and the <see cref="Head{T}"/> that it makes.
/// Files hold the properties of the record that can be set.
/// <para>
/// <see cref="KnownDefinitions"/> finds the record by reflection and creates it without arguments, so all its properties need defaults.
/// A record with a property that is a list overrides Equals and GetHashCode: those of a record compare lists by reference, and files,
/// checkpoints and previous models are compared by value.
/// </para>
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

    /// <summary>
    /// The first format of model files that knows the head: for a new head, one more than the largest format of the last release. Readers
    /// accept formats up to the largest of all heads.
    /// </summary>
    public virtual int FirstFormat => 1;

    /// <summary>
    /// Whether the head can label steps with one of several classes: the prediction of a step begins with the probability of each class,
    /// and <see cref="Decode"/> tells the class.
    /// </summary>
    public virtual bool CanTag => false;

    /// <summary>The scheme that the labels of each sequence must follow.</summary>
    public virtual TaggingScheme LabelScheme => TaggingScheme.None;

    /// <summary>Whether the loss uses <see cref="Head{T}.Smoothing"/>.</summary>
    public virtual bool CanSmooth => false;

    /// <summary>Whether each label has a weight of its own. Otherwise the labels of a sequence have a common one.</summary>
    public virtual bool WeighsEachLabel => true;

    /// <summary>Whether the head allows this number of outputs.</summary>
    public virtual bool Fits(int outputs) => outputs == 1;

    /// <summary>The number of outputs for labels that are numbers or yes and no.</summary>
    /// <param name="labelSize">The number of values of a label.</param>
    public virtual int OutputsFor(int labelSize) => labelSize;

    /// <summary>Whether the loss of a time window needs nothing of other windows.</summary>
    public virtual bool CanBeCut => true;

    /// <summary>The head for classes of these names, where it depends on them; null where they have none.</summary>
    public virtual HeadDefinition For(IReadOnlyList<string>? names) => this;

    /// <summary>The head that predicts no alternatives to its prediction. It has the same weights and is the one to train.</summary>
    public virtual HeadDefinition WithoutAlternatives() => this;

    /// <summary>Makes the head.</summary>
    /// <param name="outputs">The number of outputs of the network.</param>
    public abstract Head<T> Create<T>(int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The number of values of a prediction for each output row.</summary>
    public int GetPredictionSize(int outputs) => Create<float>(outputs).PredictionSize;

    /// <summary>The class, from 0, that the prediction of a row gives: by default the likeliest, the first of equals.</summary>
    public virtual int Decode(ReadOnlySpan<float> prediction)
    {
        int likeliest = 0;
        for (int k = 1; k < prediction.Length; k++)
        {
            if (prediction[k] > prediction[likeliest])
                likeliest = k;
        }
        return likeliest;
    }

    /// <summary>
    /// The size of a loss of 1 in the unit of the labels. It is 1 where the loss has no unit, or the values of a label have different ones.
    /// </summary>
    public virtual double LossUnit(TargetTransform targets) => 1;

    /// <summary>The mean loss of a network whose outputs are all 0, in the scale that it learns.</summary>
    public abstract double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets);

    /// <summary>The mean loss of the best constant prediction; for classes, of equal probabilities for all.</summary>
    public virtual double LossOfConstant(int outputs, DataStatistics data, TargetTransform targets) => LossOfZeros(outputs, data, targets);

    /// <summary>
    /// The size of the errors at a mean loss, relative to those of a constant prediction. The noise of the weights falls with it, where
    /// values are learned. It is 1 where the noise is not to depend on the loss.
    /// </summary>
    public virtual double RelativeError(double meanLoss) => 1;

    /// <summary>The option with which users choose the head, or its name, for messages.</summary>
    public virtual string Choice => $"the loss {Name}";

    /// <summary>The text of the head in messages.</summary>
    public virtual string Description => Name;

    public sealed override string ToString() => Description;

    /// <summary>The loss of equal probabilities of several classes, of which there are at least two.</summary>
    protected static double LossOfEqualClasses(int classes) => Math.Log(Math.Max(2, classes));
}
