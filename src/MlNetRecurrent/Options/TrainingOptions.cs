namespace MlNetRecurrent;

/// <summary>
/// The options of all trainings: optimization and execution. See <see cref="RecurrentOptions"/> and <see cref="ForecastOptions"/>.
/// </summary>
public abstract partial class TrainingOptions
{
    private protected TrainingOptions()
    {
    }
}
