namespace MlNetRecurrent.Evaluation;

/// <summary>Precision, recall and F1 from counts; a ratio with the denominator 0 is 0.</summary>
/// <param name="Support">The number of those that are there.</param>
/// <param name="Predicted">The number of those that were predicted.</param>
/// <param name="Right">The number of those that were predicted and are there.</param>
internal readonly record struct Ratios(long Support, long Predicted, long Right)
{
    public double Precision => Predicted == 0 ? 0 : (double)Right / Predicted;

    public double Recall => Support == 0 ? 0 : (double)Right / Support;

    public double F1 => Support + Predicted == 0 ? 0 : 2.0 * Right / (Support + Predicted);
}
