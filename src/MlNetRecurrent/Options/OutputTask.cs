namespace MlNetRecurrent;

/// <summary>What an <see cref="AdditionalOutput"/> predicts.</summary>
public enum OutputTask
{
    /// <summary>Yes or no. The label is <c>Boolean</c>, <c>Single</c> (0 or 1) or a key with two values.</summary>
    BinaryClassification,

    /// <summary>One of several classes. The label is a key.</summary>
    MulticlassClassification,

    /// <summary>A value. The label is <c>Single</c>.</summary>
    Regression,
}
